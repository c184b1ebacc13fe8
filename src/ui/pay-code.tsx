// A sum to pay by transfer: the code to scan, and beside it everything the code says, for who types it by hand.

import { Button } from './button.tsx'

export interface PayCodeProps {
  /** The QR code as SVG. */
  readonly svg: string
  readonly bank: string
  readonly account: string
  readonly holder: string
  readonly amount: string
  /** What the bank's app copies: digits only. */
  readonly amountDigits: string
  readonly reference: string
  readonly until: string
}

export function PayCode({ svg, bank, account, holder, amount, amountDigits, reference, until }: PayCodeProps) {
  return (
    <div class="pay-code">
      <div class="pay-qr" dangerouslySetInnerHTML={{ __html: svg }} />
      <dl>
        <div>
          <dt>Ngân hàng</dt>
          <dd>{bank}</dd>
        </div>
        <div>
          <dt>Chủ tài khoản</dt>
          <dd>{holder}</dd>
        </div>
        <Copied label="Số tài khoản" shown={account} copies={account} />
        <Copied label="Số tiền" shown={amount} copies={amountDigits} />
        <Copied label="Nội dung" shown={reference} copies={reference} />
        <div>
          <dt>Mã dùng được đến</dt>
          <dd>{until}</dd>
        </div>
      </dl>
    </div>
  )
}

function Copied({ label, shown, copies }: { label: string; shown: string; copies: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <b>{shown}</b>{' '}
        <Button look="quiet" type="button" icon="copy" copies={copies}>
          Chép<span class="sr"> {label.toLocaleLowerCase('vi')}</span>
        </Button>
      </dd>
    </div>
  )
}
