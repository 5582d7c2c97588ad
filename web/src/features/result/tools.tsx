import { Button, CopyButton } from '@mantine/core'
import { IconExternalLink, IconLink, IconPrinter, IconRefresh } from '@tabler/icons-react'
import { Link } from 'react-router'
import type { Analysis } from '../../api/types.ts'
import { useTexts } from '../../language/use-language.ts'
import { DetailsButton } from './details-button.tsx'
import { toolOf } from './tool.tsx'
import classes from './tools.module.css'

interface ToolsProps {
  analysis: Analysis
  standalone: boolean
  onAgain: (() => void) | undefined
}

/** What can be done with a result. */
export function Tools({ analysis, standalone, onAgain }: ToolsProps) {
  const texts = useTexts().result
  const path = `/results/${analysis.defect_id}`
  return (
    <div className={classes.tools} data-print="no">
      {!standalone && (
        <Button component={Link} to={path} {...toolOf(IconExternalLink, texts.openPage)}>
          {texts.openPage}
        </Button>
      )}
      <Button onClick={() => window.print()} {...toolOf(IconPrinter, texts.print)}>
        {texts.print}
      </Button>
      <CopyButton value={`${window.location.origin}${path}`}>
        {({ copied, copy }) => (
          <Button onClick={copy} {...toolOf(IconLink, texts.copyLink)}>
            <span aria-live="polite">{copied ? texts.copied : texts.copyLink}</span>
          </Button>
        )}
      </CopyButton>
      <DetailsButton analysis={analysis} />
      {onAgain && (
        <Button onClick={onAgain} {...toolOf(IconRefresh, texts.again)}>
          {texts.again}
        </Button>
      )}
    </div>
  )
}
