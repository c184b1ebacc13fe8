// How an answer says that it is a file to be kept, not a page to be shown.

/** Value of content-disposition for a file whose name is plain ASCII. */
export const asDownload = (name: string): string => ['attachment', `filename="${name}"`].join('; ')
