import t from 'tap'
import { align, correlation, targetOf } from '../../api/analyzers/golden/align.ts'
import { toGray } from '../../api/analyzers/golden/plane.ts'
import { composed, inverse, unseen, warpRaster } from '../../api/analyzers/golden/rigid.ts'
import { drawnStation } from '../../fixtures/golden-station.ts'

const degrees = (value: number): number => (value * Math.PI) / 180

t.test('shift and turn are found to a part of a pixel', async (t) => {
  const { photo } = await (await drawnStation('knife', 5, 640, 432))(0)
  const target = targetOf(toGray(photo))
  for (const [dx, dy, turn] of [
    [0, 0, 0],
    [9, -6, 0.4],
    [-22, 12, 1.5],
    [15, 9, -2.7],
  ] as const) {
    const moved = { dx, dy, turn: degrees(turn) }
    const { rigid, ncc } = align(target, toGray(warpRaster(photo, moved)))
    // Bringing the moved photo back must undo the movement.
    const left = composed(moved, rigid)
    t.ok(
      Math.hypot(left.dx, left.dy) < 0.3 && Math.abs(left.turn) < degrees(0.05),
      `${dx}, ${dy}, ${turn}: ${JSON.stringify(left)}`,
    )
    t.ok(ncc > 0.95, `ncc ${ncc.toFixed(3)}`)
  }
})

t.test('what does not fit is left as it lies', async (t) => {
  const { photo } = await (await drawnStation('knife', 5, 400, 272))(0)
  const { photo: other } = await (await drawnStation('plate', 6, 400, 272))(0)
  const { ncc } = align(targetOf(toGray(photo)), toGray(other))
  t.ok(ncc < 0.6, `ncc ${ncc.toFixed(2)}`)
  t.ok(correlation(toGray(photo), toGray(photo)) > 0.999)
})

t.test('a movement and its inverse cancel', async (t) => {
  const rigid = { dx: 12, dy: -7, turn: 0.04 }
  const { dx, dy, turn } = composed(rigid, inverse(rigid))
  t.ok(Math.abs(dx) + Math.abs(dy) + Math.abs(turn) < 1e-9)
})

t.test('what the photo does not show is marked, with a seam', async (t) => {
  t.equal(unseen(20, 10, { dx: 0, dy: 0, turn: 0 }, 2), null)
  const marks = unseen(20, 10, { dx: 3, dy: 0, turn: 0 }, 2)
  t.same(
    Array.from(marks?.subarray(0, 20) ?? []),
    Array.from({ length: 20 }, (_, x) => (x >= 15 ? 1 : 0)),
  )
})
