// One row for each element and each way out of it: what is drawn, what happens, and where the process stands after each act.
import { describe, expect, test } from 'vitest'
import { draw } from './drawing.testing.ts'
import { leftOpen, Play } from './play.testing.ts'

interface Row {
  drawn: string
  given?: Record<string, unknown>
  /** 'act → where it stands' */
  played: string[]
}

const line = 'start s; user a; user b; end e; s>a; a>b; b>e'

const rows: Record<string, Row> = {
  'user task': { drawn: line, played: ['start → a', 'a → b', 'b → completed at e'] },
  'every kind of task waits': {
    drawn: 'start s; service a; send b; receive c awaits; rule d; manual f; end e; s>a; a>b; b>c; c>d; d>f; f>e',
    played: ['start → a', 'a → b', 'b → c', 'message tra_loi → d', 'd → f', 'f → completed at e'],
  },
  'a fork without a gateway': {
    drawn: 'start s; user a; user b; user c; end e; s>a; a>b; a>c; b>e; c>e',
    played: ['start → a', 'a → b c', 'b → c', 'c → completed at e'],
  },
  'exclusive by outcome': {
    drawn: 'start s; user a outcomes=x,y; xor g; user b; user c; end e; s>a; a>g; g>b outcome=x; g>c outcome=y; b>e; c>e',
    played: ['start → a', 'a y → c', 'c → completed at e'],
  },
  'exclusive by condition, all three spellings': {
    drawn:
      'start s; xor g; xor h; xor i; user a; end e; s>g; g>h if=n > 3; g>e default; h>i if==n = 5; h>e default; i>a if=${n < 9}; i>e default; a>e',
    given: { n: 5 },
    played: ['start → a', 'a → completed at e'],
  },
  'exclusive default': {
    drawn: 'start s; xor g; user a; user b; end e; s>g; g>a if=missing = 1; g>b default; a>e; b>e',
    played: ['start → b', 'b → completed at e'],
  },
  'conditions on the flows of a task': {
    drawn: 'start s; user a; user b; user c; user d; end e; s>a; a>b if=outcome = "x"; a>c if=n > 0; a>d default; b>e; c>e; d>e',
    given: { n: 1 },
    played: ['start → a', 'a x → b c', 'b → c', 'c → completed at e'],
  },
  parallel: {
    drawn: 'start s; and f; user a; user b; and j; user c; end e; s>f; f>a; f>b; a>j; b>j; j>c; c>e',
    played: ['start → a b', 'b → a [j]', 'a → c', 'c → completed at e'],
  },
  'parallel as merge and fork at once': {
    drawn: 'start s; and f; user a; user b; and j; user c; user d; end e; s>f; f>a; f>b; a>j; b>j; j>c; j>d; c>e; d>e',
    played: ['start → a b', 'a → b [j]', 'b → c d', 'd → c', 'c → completed at e'],
  },
  'inclusive, two of three': {
    drawn:
      'start s; or f; user a; user b; user c; or j; user d; end e; s>f; f>a if=n > 0; f>b if=n > 1; f>c if=n > 2; a>j; b>j; c>j; j>d; d>e',
    given: { n: 2 },
    played: ['start → a b', 'b → a [j]', 'a → d', 'd → completed at e'],
  },
  'inclusive default': {
    drawn: 'start s; or f; user a; user b; or j; end e; s>f; f>a if=false; f>b default; a>j; b>j; j>e',
    played: ['start → b', 'b → completed at e'],
  },
  'inclusive join waits for a branch two steps away, not for one that ended': {
    drawn:
      'start s; and f; user a; user b; user c; xor x; or j; user d; end e; end q; s>f; f>a; f>b; a>j; b>c; c>x; x>j outcome=on; x>q outcome=off; j>d; d>e',
    played: ['start → a b', 'a → b [j]', 'b → c [j]', 'c off → d', 'd → completed at e'],
  },
  'inclusive join waits for a branch that may come by a boundary event': {
    drawn: 'start s; and f; user a; user b; on t at=b timer; or j; end e; end q; s>f; f>a; f>b; a>j; b>q; t>j; j>e',
    played: ['start → a b (t)', 'a → b [j] (t)', 'timer t → completed at e'],
  },
  'event gateway: the timer wins': {
    drawn: 'start s; race g; catch m message; catch t timer; user a; user b; end e; s>g; g>m; g>t; m>a; t>b; a>e; b>e',
    played: ['start → m t', 'timer t → b', 'b → completed at e'],
  },
  'event gateway: the message wins over timer and receive task': {
    drawn: 'start s; race g; catch m message; catch t timer; receive r; user a; end e; s>g; g>m; g>t; g>r; m>a; t>e; r>e; a>e',
    played: ['start → m r t', 'message tra_loi → a', 'a → completed at e'],
  },
  'intermediate timer, message and signal': {
    drawn: 'start s; catch t timer; catch m message; catch n signal; end e; s>t; t>m; m>n; n>e',
    played: ['start → t', 'timer t → m', 'signal dung → m', 'message tra_loi → n', 'signal dung → completed at e'],
  },
  'a signal reaches all that wait': {
    drawn: 'start s; and f; catch m signal; catch n signal; user a; and j; end e; s>f; f>m; f>n; m>j; n>j; j>a; a>e',
    played: ['start → m n', 'signal dung → a', 'a → completed at e'],
  },
  'throws go on': {
    drawn: 'start s; throw x; throw m message; throw n signal; throw k escalation; user a; end e; s>x; x>m; m>n; n>k; k>a; a>e',
    played: ['start → a', 'a → completed at e'],
  },
  link: {
    drawn: 'start s; user a; throw l link=L; catch k link=L; user b; end e; s>a; a>l; k>b; b>e',
    played: ['start → a', 'a → b', 'b → completed at e'],
  },
  'start by message': { drawn: 'start s message; user a; end e; s>a; a>e', played: ['message tra_loi → a', 'a → completed at e'] },
  'start by signal': {
    drawn: 'start s; start n signal; user a; user b; end e; s>a; n>b; a>e; b>e',
    played: ['signal dung → b', 'b → completed at e'],
  },
  'start by timer, chosen by name': {
    drawn: 'start s; start t timer; user a; user b; end e; s>a; t>b; a>e; b>e',
    played: ['start t → b', 'b → completed at e'],
  },
  'boundary timer, interrupting': {
    drawn: 'start s; user a; on t at=a timer; user b; end e; s>a; a>e; t>b; b>e',
    played: ['start → a (t)', 'timer t → b', 'b → completed at e'],
  },
  'boundary timer, not interrupting': {
    drawn: 'start s; user a; on t at=a timer keep; user b; end e; end q; s>a; a>e; t>b; b>q',
    played: ['start → a (t)', 'timer t → a b', 'a → b', 'b → completed at q'],
  },
  'boundary timer that repeats': {
    drawn: 'start s; user a; on t at=a cycle=R2/PT1H keep; service b; end e; end q; s>a; a>e; t>b; b>q',
    played: ['start → a (t)', 'timer t → a b (t)', 'timer t → a b b', 'a → b b', 'b → b', 'b → completed at q'],
  },
  'silence means consent': {
    drawn:
      'start s; user a outcomes=yes,no; on t at=a silence silenceValue=1 silenceUnit=ngay outcome=yes; xor g; user b; end e; s>a; a>g; t>g; g>b outcome=yes; g>e outcome=no; b>e',
    played: ['start → a (t)', 'timer t → b', 'b → completed at e'],
  },
  'boundary message and signal': {
    drawn: 'start s; user a; on m at=a message keep; on n at=a signal; user b; user c; end e; s>a; a>e; m>b; n>c; b>e; c>e',
    played: [
      'start → a (m) (n)',
      'message tra_loi → a b (m) (n)',
      'message tra_loi → a b b (m) (n)',
      'signal dung → b b c',
      'c → b b',
      'b → b',
      'b → completed at e',
    ],
  },
  'boundary error on a task': {
    drawn: 'start s; service a; on x at=a error; on y at=a error=any; user b; user c; end e; s>a; a>e; x>b; y>c; b>e; c>e',
    played: ['start → a', 'error a LOI → b', 'b → completed at e'],
  },
  'boundary error, any code': {
    drawn: 'start s; service a; on x at=a error; on y at=a error=any; user b; user c; end e; s>a; a>e; x>b; y>c; b>e; c>e',
    played: ['start → a', 'error a LA → c', 'c → completed at e'],
  },
  'an error nobody catches ends the instance': { drawn: line, played: ['start → a', 'error a LOI → error at a'] },
  'boundary escalation, not interrupting': {
    drawn: 'start s; user a; on x at=a escalation keep; user b; end e; s>a; a>e; x>b; b>e',
    played: ['start → a', 'escalation a TRE → a b', 'escalation a LA → a b', 'b → a', 'a → completed at e'],
  },
  subprocess: {
    drawn: 'start s; sub p {; start u; user a; end v; u>a; a>v; }; user b; end e; s>p; p>b; b>e',
    played: ['start → a', 'a → b', 'b → completed at e'],
  },
  'subprocess with two branches ends with the last': {
    drawn: 'start s; sub p {; start u; and f; user a; user c; end v; u>f; f>a; f>c; a>v; c>v; }; user b; end e; s>p; p>b; b>e',
    played: ['start → a c', 'a → c', 'c → b', 'b → completed at e'],
  },
  'subprocess cut short by a timer': {
    drawn:
      'start s; sub p {; start u; user a; on k at=a timer; end v; u>a; a>v; k>v; }; on t at=p timer; user b; end e; s>p; p>e; t>b; b>e',
    played: ['start → a (k) (t)', 'timer t → b', 'b → completed at e'],
  },
  'terminate inside a subprocess ends only it': {
    drawn:
      'start s; sub p {; start u; and f; user a; user c; end v terminate; end w; u>f; f>a; f>c; a>v; c>w; }; user b; end e; s>p; p>b; b>e',
    played: ['start → a c', 'a → b', 'b → completed at e'],
  },
  'terminate ends all': {
    drawn: 'start s; and f; user a; user b; end t terminate; end e; s>f; f>a; f>b; a>t; b>e',
    played: ['start → a b', 'a → completed at t'],
  },
  'error end caught on the subprocess, two levels up': {
    drawn:
      'start s; sub p {; start u; sub q {; start k; user a; end v error; k>a; a>v; }; end w; u>q; q>w; }; on x at=p error; user b; end e; s>p; p>e; x>b; b>e',
    played: ['start → a', 'a → b', 'b → completed at e'],
  },
  'error end with another code is not caught': {
    drawn: 'start s; sub p {; start u; user a; end v error=khac; u>a; a>v; }; on x at=p error; user b; end e; s>p; p>e; x>b; b>e',
    played: ['start → a', 'a → error at v'],
  },
  'escalation end, interrupting': {
    drawn:
      'start s; sub p {; start u; and f; user a; user c; end v escalation; end w; u>f; f>a; f>c; a>v; c>w; }; on x at=p escalation; user b; end e; s>p; p>e; x>b; b>e',
    played: ['start → a c', 'a → b', 'b → completed at e'],
  },
  'escalation throw, not interrupting': {
    drawn:
      'start s; sub p {; start u; throw x escalation; user a; end v; u>x; x>a; a>v; }; on y at=p escalation keep; user b; end e; s>p; p>e; y>b; b>e',
    played: ['start → a b', 'a → b', 'b → completed at e'],
  },
  'event subprocess, interrupting': {
    drawn: 'start s; user a; end e; s>a; a>e; sub p byEvent {; start m message; user b; end v; m>b; b>v; }',
    played: ['start → a (m)', 'message tra_loi → b', 'b → completed'],
  },
  'event subprocess, not interrupting': {
    drawn: 'start s; user a; end e; s>a; a>e; sub p byEvent {; start m keep signal; user b; end v; m>b; b>v; }',
    played: ['start → a (m)', 'signal dung → a b (m)', 'a → b (m)', 'b → completed at e'],
  },
  'event subprocess on error': {
    drawn: 'start s; service a; end e; s>a; a>e; sub p byEvent {; start x error=any; user b; end v; x>b; b>v; }',
    played: ['start → a', 'error a LA → b', 'error b LA → error at b'],
  },
  'call activity': {
    drawn: 'start s; call c callee=Q; user b; end e; s>c; c>b; b>e',
    played: ['start → c', 'called c → b', 'b → completed at e'],
  },
  'call activity fails': {
    drawn: 'start s; call c callee=Q; on x at=c error; user b; end e; s>c; c>e; x>b; b>e',
    played: ['start → c', 'error c LOI → b', 'b → completed at e'],
  },
  'each of a list, in parallel': {
    drawn: 'start s; user a each=units; user b; end e; s>a; a>b; b>e',
    given: { units: ['x', 'y', 'z'] },
    played: ['start → a a a', 'a → a a', 'a → a', 'a → b', 'b → completed at e'],
  },
  'each of a list, one after the other': {
    drawn: 'start s; user a each=units sequential; end e; s>a; a>e',
    given: { units: ['x', 'y'] },
    played: ['start → a', 'a → a', 'a → completed at e'],
  },
  'each of an empty list': {
    drawn: 'start s; user a each=units; user b; end e; s>a; a>b; b>e',
    given: { units: [] },
    played: ['start → b', 'b → completed at e'],
  },
  'a number of times': { drawn: 'start s; user a times=1+1; end e; s>a; a>e', played: ['start → a a', 'a → a', 'a → completed at e'] },
  'enough have answered': {
    drawn: 'start s; user a each=units until=nrOfCompletedInstances/nrOfInstances~>=~0.5; user b; end e; s>a; a>b; b>e',
    given: { units: [1, 2, 3, 4] },
    played: ['start → a a a a', 'a → a a a', 'a → b', 'b → completed at e'],
  },
  'one refusal is enough': {
    drawn: 'start s; user a each=units until=outcome~=~"no"; user b; end e; s>a; a>b; b>e',
    given: { units: [1, 2, 3] },
    played: ['start → a a a', 'a yes → a a', 'a no → b', 'b → completed at e'],
  },
  'a loop cut short by a timer': {
    drawn: 'start s; user a each=units; on t at=a timer; user b; end e; s>a; a>e; t>b; b>e',
    given: { units: [1, 2] },
    played: ['start → a a (t)', 'a → a (t)', 'timer t → b', 'b → completed at e'],
  },
  'an error in one pass is caught on the whole': {
    drawn: 'start s; service a each=units; on x at=a error; user b; end e; s>a; a>e; x>b; b>e',
    given: { units: [1, 2] },
    played: ['start → a a', 'error a LOI → b', 'b → completed at e'],
  },
  'a subprocess for each': {
    drawn:
      'start s; sub p each=units {; start u; user a; xor g; user c; end v; u>a; a>g; g>c if=item > 1; g>v default; c>v; }; user b; end e; s>p; p>b; b>e',
    given: { units: [1, 2] },
    played: ['start → a a', 'a → a', 'a → c', 'c → b', 'b → completed at e'],
  },
  'standard loop': {
    drawn: 'start s; user a while=outcome~=~"again"; user b; end e; s>a; a>b; b>e',
    played: ['start → a', 'a again → a', 'a done → b', 'b → completed at e'],
  },
  'a way back': {
    drawn: 'start s; user a; xor g; end e; s>a; a>g; g>a outcome=again; g>e default',
    played: ['start → a', 'a again → a', 'a again → a', 'a ok → completed at e'],
  },
  'ended from outside': { drawn: line, played: ['start → a', 'terminate → terminated'] },
}

describe('every element', () => {
  test.each(Object.entries(rows))('%s', async (_, { drawn, given, played }) => {
    const play = new Play(await draw(drawn))
    for (const [index, step] of played.entries()) {
      const [act = '', where] = step.split(' → ')
      play.act(act, index === 0 ? given : undefined)
      expect(`${act} → ${play.where()}`).toBe(`${act} → ${where}`)
    }
    expect(play.state).toMatchObject({ status: 'ended', tokens: [], scopes: [] })
    expect(leftOpen(play.all)).toEqual([])
    expect(play.all.filter((effect) => effect.type === 'ended')).toHaveLength(1)
  })
})
