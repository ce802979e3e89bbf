// A refusal that another page was given when it asked for a plan, on its way to the plan page.

let offered = null;

/** Keep it. */
export const offerRefusal = (error) => (offered = error);

/** The refusal, once. */
export function takeRefusal() {
  const error = offered;
  offered = null;
  return error;
}
