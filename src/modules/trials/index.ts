// The face of trials: a draft of a procedure tried on the dossiers of the past.

export { beginTrial, lastYear, trialFaults, TrialInput } from './actions.ts'
export { AMOUNT_BANDS, type Band, SPAN_BANDS } from './bands.ts'
export { getTrial, listTrials, pastOf, trialCases } from './queries.ts'
export { jobs as trialJobs } from './run.ts'
export { type CaseData, type StepResult, type Trial, type TrialCase, type TrialResult, TRIAL_STATES, type TrialState } from './schema.ts'
