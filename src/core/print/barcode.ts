// Code 128 of a dossier code, for the scanner at the counter: it types the code into the search box.
import bwip from 'bwip-js/node'

/** Bars without words, as SVG; the same text gives the same picture. */
export const code128Svg = (text: string): string => bwip.toSVG({ bcid: 'code128', text, includetext: false, height: 9, paddingwidth: 0, paddingheight: 0 })
