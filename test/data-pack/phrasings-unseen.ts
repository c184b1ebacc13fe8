// More everyday phrasings, written by somebody who knew neither the book of sayings nor the ranking.

import type { Phrasing } from './phrasings.ts'

export const UNSEEN: readonly Phrasing[] = []
