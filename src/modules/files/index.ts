// The face of files: received as a stream, judged by content, stored once; each use is a row that belongs to a subject.

export { jobs } from './jobs.ts'
export { getFile, keepFile, listFiles, openFile, stageBytes, stageFile, type StoredFile } from './kept.ts'
export { MAX_FILE_BYTES, ACCEPTED as ACCEPTED_TYPES } from './rules.ts'
export type { Staged } from './storage.ts'
export {
  abandonUpload, beginUpload, dropBytes, getUpload, holdUpload, listOpenUploads, type OpenUpload, partialDir, settleUpload, stageUpload, type Upload, type UploadResult,
} from './uploads.ts'
