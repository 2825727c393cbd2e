"""Settings for the tests: a free port, and an access log with the cookies of each request."""
import os
import signal
import threading

bind = "127.0.0.1:0"
workers = 1
accesslog = os.path.join(os.environ["SITE_DATA"], "access.log")
access_log_format = "%(m)s %(U)s %({Cookie}i)s"


def when_ready(server):
    threading.Thread(target=stop_with_the_test_run, daemon=True).start()


def stop_with_the_test_run():
    # The test run holds the other end of standard input. It closes when the run ends, in whatever way.
    os.read(0, 1)
    os.kill(os.getpid(), signal.SIGTERM)
