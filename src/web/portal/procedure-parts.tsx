// The sections of a procedure's page: time, money, papers, steps, law.

import type { Ctx } from '#core/ctx.ts'
import { formatDateTime } from '#core/text/index.ts'
import { deadline } from '#core/workdays/index.ts'
import type { Explanation, PartWords, Version } from '#modules/procedures/index.ts'
import { Basis, Details, Figure, SummaryList, Table } from '#ui/index.ts'

export function Time({ ctx, version: { record, code }, words }: { ctx: Ctx; version: Version; words: Explanation }) {
  const term = record.channels.find((one) => one.channel === 'truc_tuyen')?.term ?? record.term
  const due = deadline({ term, receivedAt: ctx.now, calendar: ctx.calendar })
  return (
    <section>
      <h2>Bao lâu có kết quả</h2>
      <SummaryList rows={words.channels.map(({ label, term: length, note }) => ({ label, value: note ? `${length}\n${note}` : length, rule: `thu-tuc/${code}/thoi-han` }))} />
      {words.extension && <p class="measure">Có thể lâu hơn: <Figure rule={`thu-tuc/${code}/gia-han`} of="gia hạn">{words.extension}</Figure></p>}
      <p class="measure soft">
        Nếu hồ sơ được tiếp nhận lúc này, hẹn trả là <b>{formatDateTime(due.dueAt)}</b>. {due.derivation} <Basis rule={`thu-tuc/${code}/thoi-han`} of="hẹn trả" />
      </p>
    </section>
  )
}

export function Costs({ words, code }: { words: Explanation; code: string }) {
  return (
    <section>
      <h2>Hết bao nhiêu tiền</h2>
      {words.fees.length === 0 ? (
        <p>Không thu phí, lệ phí.</p>
      ) : (
        <Table
          caption="Phí, lệ phí"
          captionHidden
          rows={words.fees}
          columns={[
            {
              key: 'name',
              label: 'Khoản',
              main: true,
              cell: (fee) => (
                <>
                  {fee.name}
                  {fee.when && (
                    <>
                      <br />
                      <span class="soft" data-figure={`thu-tuc/${code}/phi-${encodeURIComponent(fee.code)}`}>{fee.when}</span>
                    </>
                  )}
                </>
              ),
            },
            { key: 'amount', label: 'Mức', cell: (fee) => <Figure rule={`thu-tuc/${code}/phi-${encodeURIComponent(fee.code)}`} of={fee.name}>{fee.amount}</Figure> },
            { key: 'collect', label: 'Khi nào nộp', cell: (fee) => fee.collect },
          ]}
          empty=""
        />
      )}
      {words.exemptions.length > 0 && (
        <Details summary="Ai được miễn, giảm">
          <p><Basis rule="muc-phi-le-phi" of="miễn, giảm phí" /></p>
          <ul>
            {words.exemptions.map((text) => (
              <li>{text}</li>
            ))}
          </ul>
        </Details>
      )}
    </section>
  )
}

function PartList({ title, when, parts, code }: { title: string; when?: string | null; parts: readonly PartWords[]; code: string }) {
  if (parts.length === 0) return null
  return (
    <>
      <h3>{title}</h3>
      {when && <p class="soft">{when.replace(/[.]?$/, '.')}</p>}
      <ul class="airy">
        {parts.map((part) => (
          <li>
            <b>{part.name}</b>
            {part.count && <span class="soft"> ({part.count})</span>}
            {part.help && (
              <>
                <br />
                {part.help}
              </>
            )}
            {part.when && (
              <>
                <br />
                <span class="soft">{part.when.replace(/[.]?$/, '.')}</span>
              </>
            )}
            {part.reuse && (
              <>
                <br />
                <span class="soft">{part.reuse}</span>
              </>
            )}
            {part.legal && (
              <>
                <br />
                <span class="soft">Căn cứ: {part.legal}</span>
              </>
            )}
            {part.blank && (
              <>
                <br />
                <a href={`/thu-tuc/${code}/mau/${part.blank.file}`} download>
                  Tải mẫu: {part.blank.name}
                </a>
              </>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

export function Papers({ words: { parts }, code }: { words: Explanation; code: string }) {
  const none = parts.required.length + parts.when.length + parts.optional.length + parts.shown.length + parts.cases.length === 0
  return (
    <section>
      <h2>Cần giấy tờ gì</h2>
      <p>{none ? 'Chỉ cần điền tờ khai, không phải nộp kèm giấy tờ nào.' : 'Ngoài tờ khai điền ngay trên mạng:'}</p>
      <PartList code={code} title="Luôn phải nộp" parts={parts.required} />
      <PartList code={code} title="Nộp khi thuộc trường hợp" parts={parts.when} />
      {parts.cases.map((one) => (
        <PartList code={code} title={one.name} when={one.when} parts={one.parts} />
      ))}
      <PartList code={code} title="Nộp thêm nếu có" parts={parts.optional} />
      <PartList code={code} title="Chỉ xuất trình khi được hỏi, không nộp" parts={parts.shown} />
    </section>
  )
}

export function Steps({ words }: { words: Explanation }) {
  return (
    <section>
      <h2>Hồ sơ đi qua những bước nào</h2>
      <p class="soft">Giờ của từng bước nằm trong thời hạn chung. <Basis rule="thoi-han-thu-tuc" of="giờ của các bước" /></p>
      <ol class="airy" data-figure="thoi-han-thu-tuc">
        {words.steps.map((step) => (
          <li>
            {step.name}
            <br />
            <span class="soft">
              {step.who}, {step.where}: {step.time}.{step.waitsFor && ` ${step.waitsFor}`}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

export function Law({ version, words }: { version: Version; words: Explanation }) {
  return (
    <Details summary="Căn cứ pháp lý và tên đầy đủ">
      <p>
        {version.name} (mã {version.code}).
      </p>
      <p>
        Công bố: {words.decision}. Lĩnh vực: {version.fieldName}. {words.levels.join(', ')}.
      </p>
      <ul>
        {version.record.legalBasis.map((basis) => (
          <li>
            {basis.name} số {basis.no}
            {basis.articles && `, ${basis.articles}`}
          </li>
        ))}
      </ul>
    </Details>
  )
}
