/**
 * Why a question cannot be answered: `parameter` names one that is malformed, out of range or does not fit the others; `feed`: there is
 * none of that name for this caller; `token`: it may have none; `lost`: the store has lost what the cursor knows.
 */
export class Refused extends Error {
  override name = 'Refused'
  constructor(
    readonly why: 'parameter' | 'feed' | 'token' | 'lost',
    /** A sentence for whoever asks. */
    message: string,
    /** The name of the parameter. */
    readonly parameter?: string,
  ) {
    super(message)
  }
}
