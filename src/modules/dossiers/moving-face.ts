// The part of the face that serves changes of a procedure: what is under way, and moving a dossier from one version to another.

export { answersAt, type AnswersAt, countRunning, runningIds, type RunningVersion } from './running.ts'
