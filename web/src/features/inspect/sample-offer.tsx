import { Button } from '@mantine/core'
import { unreachable } from '../../api/problem.ts'
import { useTexts } from '../../language/use-language.ts'
import type { Gathered } from './dropped-files.ts'
import classes from './sample-offer.module.css'

/** A drawn knife with a rust spot; scripts/page-pictures.ts makes it. */
const SAMPLE = 'sample-knife.jpg'

async function fetchSample(): Promise<Gathered> {
  const answer = await fetch(`/${SAMPLE}`).catch(() => null)
  if (!answer?.ok) throw unreachable()
  return { files: [new File([await answer.blob()], SAMPLE, { type: 'image/jpeg' })], inFolders: [], testShot: true }
}

interface SampleOfferProps {
  disabled: boolean
  onGather: (gathered: Promise<Gathered>) => void
}

/** Shows what the product does to whoever has no photo at hand. */
export function SampleOffer({ disabled, onGather }: SampleOfferProps) {
  const texts = useTexts().inspect
  return (
    <div className={classes.offer}>
      <img src={`/${SAMPLE}`} alt="" width={60} height={40} loading="lazy" className={classes.picture} />
      <span>{texts.noPhoto}</span>
      <Button variant="subtle" px="xs" disabled={disabled} onClick={() => onGather(fetchSample())}>
        {texts.trySample}
      </Button>
    </div>
  )
}
