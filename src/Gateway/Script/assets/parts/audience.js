// Visits do not prolong an exempt audience cookie of more than a day (CNIL, 4 July 2025): 13 months run from its first day, which is
// known where the consent cookie remembers it.

const { now } = Date;
const { eachCookie_: eachCookie, site_: site, state_: getState } = gateway;

gateway.limit_ = (most, { number_: number }, name, value) => {
  if (!number || most <= 86400) return most;
  let isPresent;
  let isSame;
  eachCookie((one, kept) => {
    isPresent ||= one === name;
    isSame ||= one === name && kept === value;
  });
  const first = getState().days_[number];
  const left = (first + site.audienceDays_) * 86400 - now() / 1000;
  // The months are over, or the first day is not known: what is there may not go on, a new cookie may begin.
  if (isSame || isPresent && left <= 0) return;
  if (left < most && left > 0) return left;
  return isPresent && !first ? 0 : most;
};
