import { StrictMode, startTransition } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { startServiceWorker } from './app/new-version.ts'
import { askEarly, Providers } from './app/providers.tsx'
import { router } from './app/router.tsx'
import { language } from './language/language.ts'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element #root')

void askEarly()
// English is there in any case.
await language.start().catch(() => undefined)

// In slices, so that a slow phone answers to a finger meanwhile.
startTransition(() =>
  createRoot(root).render(
    <StrictMode>
      <Providers>
        <RouterProvider router={router} />
      </Providers>
    </StrictMode>,
  ),
)

/** Milliseconds after the load in which the first screen has the network and the processor for itself. */
const SETTLE_MS = 4000

/** What has time until the page is there. */
function whenSettled(): void {
  // Photos of the last visit go on whatever screen is opened.
  void import('./features/inspect/the-queue.ts')
  // It fetches every file of the page.
  if (import.meta.env.PROD) void startServiceWorker()
}
const afterLoad = () => setTimeout(whenSettled, SETTLE_MS)
if (document.readyState === 'complete') afterLoad()
else window.addEventListener('load', afterLoad, { once: true })
