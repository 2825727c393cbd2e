// First of all: requests to the gateway, and reports of our own failures.

const { fetch: send, origin } = window;
const { prefix_: prefix } = gateway.site_;
let hasFailed = false;

gateway.url_ = path => origin + prefix + path;

gateway.post_ = async (path, body) => {
  try {
    const answer = await send(gateway.url_(path), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      redirect: "error",
      keepalive: true,
      signal: AbortSignal.timeout(15e3),
    });
    return answer.ok;
  } catch (error) {
    return error instanceof TypeError ? "blocked" : false;
  }
};

gateway.fail_ = part => {
  if (!hasFailed) gateway.post_("/refused", [["error", part]]);
  hasFailed = true;
};
