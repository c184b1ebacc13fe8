// What the engine tells the world, in which order, and what it refuses.
import { describe, expect, test } from 'vitest'
import { advance } from './advance.ts'
import { draw } from './drawing.testing.ts'
import { BpmnError } from './errors.ts'
import { Play } from './play.testing.ts'
import type { Input } from './types.ts'

const play = async (drawn: string) => new Play(await draw(drawn))

describe('effects', () => {
  test('a step tells what closed, which flow was taken with what effect, and what opened', async () => {
    const it = await play(
      'start s; user a outcomes=yes role=chuyen_vien; on t at=a silence silenceValue=3 silenceUnit=ngay_lam_viec outcome=yes; user b role=van_thu hours=0.5; end e; s>a; a>b outcome=yes; t>b; b>e',
    )
    it.act('start')
    expect(it.effects).toEqual([
      { type: 'event.fired', element: 's', kind: 'none', token: '' },
      { type: 'flow.taken', flow: 's_a', source: 's', target: 'a', outcome: null, attributes: {} },
      { type: 'task.opened', token: 't2', element: 'a', kind: 'user', attributes: { role: 'chuyen_vien' } },
      {
        type: 'timer.armed',
        token: 't3',
        element: 't',
        spec: {},
        attributes: { silenceValue: 3, silenceUnit: 'ngay_lam_viec', outcome: 'yes' },
        host: 't2',
      },
    ])
    it.act('a yes')
    expect(it.effects).toEqual([
      { type: 'timer.disarmed', token: 't3', element: 't' },
      { type: 'task.completed', token: 't2', element: 'a', outcome: 'yes' },
      { type: 'flow.taken', flow: 'a_b', source: 'a', target: 'b', outcome: 'yes', attributes: { outcome: 'yes' } },
      { type: 'task.opened', token: 't4', element: 'b', kind: 'user', attributes: { role: 'van_thu', hours: 0.5 } },
    ])
    it.act('b')
    expect(it.effects.at(-1)).toEqual({ type: 'ended', how: 'completed', element: 'e', outcome: null })
  })

  test('an interrupted task is cancelled, and its timer disarmed', async () => {
    const it = await play('start s; user a; on t at=a timer; on m at=a message; user b; end e; s>a; a>e; t>b; m>e; b>e')
    it.act('start').act('timer t')
    expect(it.effects.map((effect) => ('element' in effect ? `${effect.type} ${effect.element}` : effect.type))).toEqual([
      'timer.disarmed t',
      'event.fired t',
      'task.cancelled a',
      'event.dropped m',
      'flow.taken',
      'task.opened b',
    ])
  })

  test('the same step visited twice is two tokens', async () => {
    const it = await play('start s; user a outcomes=again,ok; xor g; end e; s>a; a>g; g>a outcome=again; g>e outcome=ok')
    const first = it.act('start').token('a').id
    expect(it.act('a again').token('a').id).not.toBe(first)
  })

  test('timers: FEEL in the duration, the round of a cycle', async () => {
    const it = await play(
      'start s; user a; on t at=a timer==wait keep; on c at=a cycle=R3/PT1H keep; user b; end e; s>a; a>e; t>b; c>b; b>e',
    )
    it.act('start', { wait: 'P3D' })
    expect(it.effects.filter((effect) => effect.type === 'timer.armed').map((effect) => effect.spec)).toEqual([
      { duration: 'P3D' },
      { cycle: 'R3/PT1H', round: 1 },
    ])
    it.act('timer c')
    expect(it.effects.filter((effect) => effect.type === 'timer.armed').map((effect) => effect.spec)).toEqual([
      { cycle: 'R3/PT1H', round: 2 },
    ])
  })

  test('a call gets the variables and the callee, and is cancelled with its host', async () => {
    const it = await play('start s; call c callee=lay_y_kien; on t at=c timer; end e; s>c; c>e; t>e')
    it.act('start', { n: 1 })
    expect(it.effects.find((effect) => effect.type === 'call.started')).toMatchObject({ callee: 'lay_y_kien', variables: { n: 1 } })
    expect(it.act('timer t').effects).toContainEqual({ type: 'call.cancelled', token: 't2', element: 'c' })
  })

  test('each pass knows its item; the outcomes are collected in a variable', async () => {
    const it = await play('start s; user a each=units collect=answers; user b; end e; s>a; a>b; b>e')
    it.act('start', { units: ['UBND xã A', 'UBND xã B'] })
    expect(it.effects.filter((effect) => effect.type === 'task.opened').map((effect) => effect.local)).toEqual([
      { loopCounter: 1, item: 'UBND xã A' },
      { loopCounter: 2, item: 'UBND xã B' },
    ])
    it.act('a yes').act('a no')
    expect(it.state?.variables.answers).toEqual(['yes', 'no'])
  })

  test('messages and signals sent are told, not delivered', async () => {
    const it = await play('start s; and f; throw x signal; catch y signal; end e; s>f; f>y; f>x; x>e; y>e')
    it.act('start')
    expect(it.effects.filter((effect) => effect.type === 'signal.sent')).toEqual([
      { type: 'signal.sent', element: 'x', name: 'dung', attributes: {} },
    ])
    expect(it.where()).toBe('y')
  })

  test('who caught an error, and an escalation nobody catches is only told', async () => {
    const it = await play('start s; user a; on x at=a error; end e; s>a; a>e; x>e')
    it.act('start').act('escalation a TRE')
    expect(it.effects).toEqual([{ type: 'escalation.raised', element: 'a', code: 'TRE', caughtBy: null }])
    expect(it.act('error a LOI').effects[0]).toEqual({ type: 'error.raised', element: 'a', code: 'LOI', caughtBy: 'x' })
  })

  test('the outcome travels through services, not past the next person', async () => {
    const it = await play(
      'start s; user a; service b; xor g; user c; xor h; end e; end q; s>a; a>b; b>g; g>c outcome=yes; g>q default; c>h; h>q outcome=yes; h>e default',
    )
    expect(it.act('start').act('a yes').act('b').where()).toBe('c')
    expect(it.act('c').where()).toBe('completed at e')
  })

  test('the outcome of a subprocess is that of its last branch', async () => {
    const it = await play(
      'start s; sub p {; start u; user a; end v; u>a; a>v; }; xor g; user b; end e; s>p; p>g; g>b outcome=yes; g>e default; b>e',
    )
    expect(it.act('start').act('a yes').where()).toBe('b')
  })
})

describe('refusals', () => {
  const code = (act: () => unknown): string => {
    try {
      act()
    } catch (refused) {
      if (refused instanceof BpmnError && refused.message.length > 20 && refused.status === 409) return refused.code
      throw refused
    }
    return 'nothing refused'
  }

  test.each<[string, Input, string]>([
    ['a token that is gone', { kind: 'complete', token: 't99' }, 'bpmn.unknown_token'],
    ['a timer given to a task', { kind: 'timer', token: 't2' }, 'bpmn.not_waiting'],
    ['a task completed on its timer', { kind: 'complete', token: 't3' }, 'bpmn.not_waiting'],
    ['a call ended that is a task', { kind: 'called', token: 't2' }, 'bpmn.not_waiting'],
    ['an outcome not on the list', { kind: 'complete', token: 't2', outcome: 'perhaps' }, 'bpmn.unknown_outcome'],
    ['no outcome where one is due', { kind: 'complete', token: 't2' }, 'bpmn.outcome_missing'],
    ['an outcome no flow is for', { kind: 'complete', token: 't2', outcome: 'no' }, 'bpmn.no_flow'],
    ['a message nobody awaits', { kind: 'message', name: 'tra_loi' }, 'bpmn.not_awaited'],
    ['a second start', { kind: 'start' }, 'bpmn.already_started'],
    ['an error on an armed timer', { kind: 'error', token: 't3', code: 'LOI' }, 'bpmn.not_waiting'],
  ])('%s', async (_, input, expected) => {
    const definition = await draw('start s; user a outcomes=yes,no; on t at=a timer; xor g; end e; s>a; a>g; t>e; g>e outcome=yes')
    const { state } = advance(definition, null, { kind: 'start' })
    const before = JSON.stringify(state)
    expect(code(() => advance(definition, state, input))).toBe(expected)
    expect(JSON.stringify(state)).toBe(before)
  })

  test('a signal nobody awaits is no fault', async () => {
    const definition = await draw('start s; user a; end e; s>a; a>e')
    const { state } = advance(definition, null, { kind: 'start' })
    expect(advance(definition, state, { kind: 'signal', name: 'dung' })).toEqual({ state, effects: [] })
  })

  test('before the start and after the end', async () => {
    const definition = await draw('start s; user a; end e; s>a; a>e')
    expect(code(() => advance(definition, null, { kind: 'complete', token: 't2' }))).toBe('bpmn.not_started')
    expect(code(() => advance(definition, null, { kind: 'message', name: 'tra_loi' }))).toBe('bpmn.no_start')
    const ended = advance(definition, null, { kind: 'start' })
    const { state } = advance(definition, ended.state, { kind: 'complete', token: 't2' })
    expect(code(() => advance(definition, state, { kind: 'terminate', reason: 'thôi' }))).toBe('bpmn.ended')
  })

  test.each([
    ['a loop that never rests', 'start s; xor a; xor b; user u; end e; s>a; a>b; b>a if=true; b>u default; u>e', {}, 'bpmn.endless'],
    [
      'a join whose branch never comes',
      'start s; xor f; user a; user b; and j; end e; s>f; f>a if=true; f>b default; a>j; b>j; j>e',
      {},
      'bpmn.stuck',
    ],
    ['a list that is none', 'start s; user a each=units; end e; s>a; a>e', { units: 3 }, 'bpmn.bad_collection'],
    ['a definition without this element', 'start s; user a; user b; end e; s>a; a>b; b>e', {}, 'bpmn.unknown_element'],
  ])('%s', async (_, drawn, variables, expected) => {
    const definition = await draw(drawn)
    const run = () => {
      const { state } = advance(definition, null, { kind: 'start', variables })
      const other = expected === 'bpmn.unknown_element' ? { ...definition, elements: {} } : definition
      advance(other, state, { kind: 'complete', token: 't2' })
    }
    expect(code(run)).toBe(expected)
  })

  test('a condition that stopped being FEEL, and an unsupported element, are refused when reached', async () => {
    const definition = structuredClone(await draw('start s; xor g; user a; end e; s>g; g>a if=n > 1; g>e default; a>e'))
    definition.flows.g_a = { ...definition.flows.g_a, condition: '((' } as never
    expect(code(() => advance(definition, null, { kind: 'start' }))).toBe('bpmn.bad_condition')
    definition.elements.g = { ...definition.elements.g, type: 'unsupported' } as never
    expect(code(() => advance(definition, null, { kind: 'start' }))).toBe('bpmn.unsupported')
  })
})
