"""Job: the ways of its status."""

from cases import REMOVE, but, statuses
from jobs import INDEXED, JOB, PER_INDEX

EARLY, LATE = "2026-01-01T00:00:00Z", "2026-01-01T00:01:00Z"


def condition(*types):
    return {"status.conditions": [{"type": t, "status": "True", "lastTransitionTime": LATE, "lastProbeTime": LATE} for t in types]}


STARTED = {"status.startTime": EARLY}
COMPLETE = {**STARTED, **condition("SuccessCriteriaMet", "Complete"), "status.completionTime": LATE, "status.succeeded": 1}
FAILED = {**STARTED, **condition("FailureTarget", "Failed"), "status.failed": 1}
conditions = "status.conditions: Invalid value: "

statuses("starts, then completes", JOB, [STARTED, COMPLETE])
statuses("starts, then fails", JOB, [STARTED, FAILED])
statuses("Complete needs SuccessCriteriaMet", JOB, [{**COMPLETE, **condition("Complete")}], conditions + "cannot set Complete=True condition without the SuccessCriteriaMet=true condition")
statuses("Failed needs FailureTarget", JOB, [{**FAILED, **condition("Failed")}], conditions + "cannot set Failed=True condition without the FailureTarget=true condition")
statuses("not Complete and Failed", JOB, [{**COMPLETE, **condition("SuccessCriteriaMet", "Complete", "FailureTarget", "Failed")}],
         conditions + "cannot set Complete=True and Failed=true conditions", conditions + "cannot set Complete=True and FailureTarget=true conditions",
         conditions + "cannot set SuccessCriteriaMet=True and Failed=true conditions", conditions + "cannot set SuccessCriteriaMet=True and FailureTarget=true conditions")
statuses("not to succeed and to fail", JOB, [{**STARTED, **condition("SuccessCriteriaMet", "FailureTarget")}], conditions + "cannot set SuccessCriteriaMet=True and FailureTarget=true conditions")
statuses("Complete is for ever", JOB, [COMPLETE, {**condition("SuccessCriteriaMet"), "status.completionTime": REMOVE}], conditions + "cannot disable the terminal Complete=True condition")
statuses("Failed is for ever", JOB, [FAILED, condition("FailureTarget")], conditions + "cannot disable the terminal Failed=True condition")
statuses("FailureTarget is for ever", JOB, [{**STARTED, **condition("FailureTarget")}, condition()], conditions + "cannot disable the terminal FailureTarget=True condition")
statuses("SuccessCriteriaMet is for ever", JOB, [{**STARTED, **condition("SuccessCriteriaMet")}, condition()], conditions + "cannot disable the SuccessCriteriaMet=True condition")
statuses("what is complete has a time", JOB, [{**COMPLETE, "status.completionTime": REMOVE}], "status.completionTime: Required value: completionTime is required for Complete jobs")
statuses("what is not, has none", JOB, [{**STARTED, "status.completionTime": LATE}], "status.completionTime: Invalid value: …: cannot set completionTime when there is no Complete=True condition")
statuses("it completes after it starts", JOB, [{**COMPLETE, "status.startTime": LATE, "status.completionTime": EARLY}], "status.completionTime: Invalid value: …: completionTime cannot be set before startTime")
statuses("the time of completion stays", JOB, [COMPLETE, {"status.completionTime": "2026-01-01T00:02:00Z"}], "status.completionTime: Invalid value: …: completionTime cannot be mutated")
statuses("what is finished was started", JOB, [{**COMPLETE, "status.startTime": REMOVE}], "status.startTime: Required value: startTime is required for finished job")
statuses("the time of start stays", JOB, [STARTED, {"status.startTime": LATE}], "status.startTime: Required value: startTime cannot be removed for unsuspended job")
statuses("a suspended Job forgets it", but(JOB, spec__suspend=True), [STARTED, {"status.startTime": REMOVE}])
statuses("what is finished has no active Pods", JOB, [{**COMPLETE, "status.active": 1}], "status.active: Invalid value: 1: active>0 is invalid for finished job")
statuses("what is finished has no terminating Pods", JOB, [{**COMPLETE, "status.terminating": 1}], "status.terminating: Invalid value: …1: terminating>0 is invalid for finished job")
statuses("no more ready Pods than active ones", JOB, [{**STARTED, "status.ready": 1}], "status.ready: Invalid value: 1: cannot set more ready pods than active")
statuses("counters are not negative", JOB, [{"status.active": -1}], "status.active: Invalid value: -1: must be greater than or equal to 0")
statuses("failures stay counted", JOB, [{"status.failed": 2}, {"status.failed": 1}], "status.failed: Invalid value: 1: cannot decrease the failed counter")
statuses("successes stay counted", JOB, [{"status.succeeded": 2}, {"status.succeeded": 1}], "status.succeeded: Invalid value: 1: cannot decrease the succeeded counter")
statuses("completedIndexes is for Indexed", JOB, [{"status.completedIndexes": "0"}], 'status.completedIndexes: Invalid value: "0": cannot set non-empty completedIndexes when non-indexed completion mode')
statuses("completedIndexes has indexes that are", INDEXED, [{"status.completedIndexes": "0,3"}], 'status.completedIndexes: Invalid value: "0,3": error parsing completedIndexes: too large index: "3"')
statuses("completedIndexes is in order", INDEXED, [{"status.completedIndexes": "1-0"}], 'status.completedIndexes: Invalid value: "1-0": error parsing completedIndexes: non-increasing order, previous: 1, current: 0')
statuses("failedIndexes needs backoffLimitPerIndex", INDEXED, [{"status.failedIndexes": "0"}], 'status.failedIndexes: Invalid value: "0": cannot set non-null failedIndexes when backoffLimitPerIndex is null')
statuses("an index fails or completes", PER_INDEX, [{"status.completedIndexes": "0-2", "status.failedIndexes": "1"}], 'status.failedIndexes: Invalid value: "1": failedIndexes and completedIndexes overlap at index: 1')
