import { ActionIcon, Button, Progress } from '@mantine/core'
import { useReducedMotion } from '@mantine/hooks'
import { IconExternalLink, IconPhoto, IconPlayerStop, IconRefresh, IconX, type TablerIcon } from '@tabler/icons-react'
import { memo } from 'react'
import { Link } from 'react-router'
import { useFormats, useTexts } from '../../language/use-language.ts'
import { Advice, ItemStateText } from './item-state-text.tsx'
import { canRetry, isFinished, type QueueItem } from './queue/item.ts'
import { photoQueue } from './queue/photo-queue.ts'
import classes from './queue-row.module.css'
import { useThumbnail } from './thumbnail.ts'

interface QueueRowProps {
  item: QueueItem
  selected: boolean
}

/** What a row of the queue holds: the photo, where it stands, and what may be done to it. */
export const QueueRow = memo(function QueueRow({ item, selected }: QueueRowProps) {
  const { id, file, fitted, fields, state, advice = [] } = item
  const texts = useTexts().inspect
  const formats = useFormats()
  const still = useReducedMotion()
  const thumbnail = useThumbnail(state.is === 'preparing' || state.is === 'refused' ? null : file)
  const about = (
    <>
      <span className={classes.picture}>
        {thumbnail ? <img src={thumbnail} alt="" /> : <IconPhoto size={24} stroke={1.5} aria-hidden />}
      </span>
      <span className={classes.about}>
        <span className={classes.name} title={file.name}>
          {file.name}
        </span>
        <span className={classes.facts}>
          {fields.product_sku} · {formats.bytes(file.size)}
        </span>
        {fitted && <span className={classes.facts}>{texts.fitted[fitted.how](formats.bytes(fitted.size))}</span>}
        <ItemStateText state={state} />
        {state.is !== 'done' && advice.length > 0 && <Advice codes={advice} />}
      </span>
    </>
  )
  return (
    <>
      {state.is === 'done' ? (
        <button
          type="button"
          className={classes.open}
          aria-pressed={selected}
          aria-label={texts.open(file.name)}
          onClick={() => photoQueue.select(id)}
        >
          {about}
        </button>
      ) : (
        <div className={classes.open}>{about}</div>
      )}
      <span className={classes.actions}>
        {canRetry(item) && (
          <Action icon={IconRefresh} label={texts.retry(file.name)} onClick={() => photoQueue.retry(id)} />
        )}
        {isFinished(item) ? (
          <Action icon={IconX} label={texts.remove(file.name)} onClick={() => photoQueue.remove(id)} />
        ) : (
          <Action icon={IconPlayerStop} label={texts.cancel(file.name)} onClick={() => photoQueue.cancel(id)} />
        )}
      </span>
      {state.is === 'held' && (
        <Button variant="default" className={classes.anyway} onClick={() => photoQueue.sendAnyway(id)}>
          {texts.sendAnyway}
        </Button>
      )}
      {state.is === 'done' && state.analysis.duplicate && (
        <Link to={`/results/${state.analysis.defect_id}`} className={classes.stored}>
          <IconExternalLink size={16} aria-hidden />
          {texts.storedResult}
        </Link>
      )}
      {state.is === 'uploading' && (
        <Progress className={classes.bar} value={state.share * 100} size="sm" aria-label={file.name} />
      )}
      {state.is === 'analysing' && (
        <Progress className={classes.bar} value={100} size="sm" animated={!still} aria-label={file.name} />
      )}
    </>
  )
})

function Action({ icon: Icon, label, onClick }: { icon: TablerIcon; label: string; onClick: () => void }) {
  return (
    <ActionIcon variant="subtle" color="gray" size={44} aria-label={label} title={label} onClick={onClick}>
      <Icon size={20} aria-hidden />
    </ActionIcon>
  )
}
