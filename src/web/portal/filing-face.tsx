// The portal's side of the shared form pages.

import type { FilingFace } from '../form/index.ts'
import { requireCitizen } from '../session/index.ts'
import { PageHeading } from '#ui/index.ts'
import { sendPortal } from './frame.tsx'
import { shortName } from './words.ts'

const refOf = (dossier: { code: string | null; id: string }): string => encodeURIComponent(dossier.code ?? dossier.id)

export const dossierHref = (dossier: { code: string | null; id: string }): string => `/ho-so/${refOf(dossier)}`

export const portalFace: FilingFace = {
  mount: '/ho-so',
  base: '/ho-so',
  paths: { form: 'khai', papers: 'giay-to', review: 'xem-lai', submission: 'nop', autosave: 'luu' },
  guard: requireCitizen,
  later: () => '/ho-so?xong=da-luu',
  submitted: (dossier, mode) => (mode === 'supplement' ? `${dossierHref(dossier)}?xong=bo-sung` : `${dossierHref(dossier)}/da-nop`),
  home: dossierHref,
  fileHref: (id) => `/tep/${id}`,
  send: (request, reply, { title, status, filing, content }) =>
    sendPortal(
      request,
      reply,
      { title, status, here: 'dossiers', crumbs: [{ label: 'Hồ sơ của tôi', href: '/ho-so' }] },
      <>
        <PageHeading title={shortName(filing.dossier.procedureName)} meta={<span class="soft">Nộp tại {filing.view.received.name}</span>} />
        {content}
      </>,
    ),
}
