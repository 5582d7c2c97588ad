import { StrictMode, startTransition } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { startServiceWorker } from './app/new-version.ts'
import { Providers } from './app/providers.tsx'
import { router } from './app/router.tsx'
import { language } from './language/language.ts'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element #root')

// English is bundled, should the download fail.
await language.start().catch(() => undefined)

// As a transition, so that a slow phone responds to touch while the screen renders.
startTransition(() =>
  createRoot(root).render(
    <StrictMode>
      <Providers>
        <RouterProvider router={router} />
      </Providers>
    </StrictMode>,
  ),
)

/** Milliseconds after the load event in which the first screen has network and processor to itself. */
const SETTLE_MS = 4000

function whenSettled(): void {
  // Photos left from the last visit are uploaded on any screen.
  void import('./features/inspect/queue/photo-queue.ts')
  // Downloads every file of the page.
  if (import.meta.env.PROD) void startServiceWorker()
}
const afterLoad = () => setTimeout(whenSettled, SETTLE_MS)
if (document.readyState === 'complete') afterLoad()
else window.addEventListener('load', afterLoad, { once: true })
