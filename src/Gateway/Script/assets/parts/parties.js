// Third parties. What the policy of the gateway blocks is no violation of the page's own policies: scripts of the page do not see it.

const { listen_: listen, site_: { policy_: policy }, state_: getState } = gateway;

addEventListener("securitypolicyviolation", event => event.originalPolicy.startsWith(policy) && event.stopImmediatePropagation(), true);

// A service worker keeps the policy with which it was installed, until its script changes. The gateway changes it with the policy.
listen("parties", async isFirst => {
  if (isFirst && !getState().open_[0]) return;
  const workers = await navigator.serviceWorker?.getRegistrations();
  workers?.forEach(worker => worker.update().catch(() => {}));
});
