// Visits do not prolong an exempt audience cookie of more than a day (CNIL, 4 July 2025): 13 months run from its first day, which is
// known where the choice's cookie remembers it.

limit = (most, { number }, name, value) => {
  if (!number || most <= 86400) return most;
  let present;
  let same;
  eachCookie((one, kept) => {
    present ||= one === name;
    same ||= one === name && kept === value;
  });
  const first = state.days[number];
  const left = (first + site.audienceDays) * 86400 - now() / 1000;
  // The months are over, or the first day is not known: what is there may not go on, a new cookie may begin.
  if (same || present && left <= 0) return;
  if (left < most && left > 0) return left;
  return present && !first ? 0 : most;
};
