"""The verbs of casework. One function, one transaction, one journal entry; `key` where a client may retry, `at` for what happened before.

Open and accept: `open_case`, `accept`, `refuse_acceptance`, `notify_supplement`, `hand_in`, `receive_material`, `give_back_material`,
`promise_material`, `amend`. Decide: `decide`, `return_to`.
Hand on: `claim`, `release`, `transfer`, `add_signer`, `delegate`, `revoke_delegation`.
The whole case: `suspend`, `resume`, `withdraw`, `terminate`, `reopen`, `pause_clock`, `restart_clock`, `extend_clock`.
Publicity: `start_publicity`, `object_to`, `settle_objection`, `end_publicity`. Checks: `request_check`, `answer_check`.
"""

from anju.kernel.cases.actions.accepting import accept, hand_in, notify_supplement, refuse_acceptance
from anju.kernel.cases.actions.checking import answer_check, request_check, request_checks
from anju.kernel.cases.actions.deciding import decide, return_to
from anju.kernel.cases.actions.delegating import delegate, revoke_delegation
from anju.kernel.cases.actions.handing_on import add_signer, claim, release, transfer
from anju.kernel.cases.actions.issuing import issue_outcome, new_follow_code
from anju.kernel.cases.actions.lifting import reopen, resume, suspend, terminate, withdraw
from anju.kernel.cases.actions.opening import Applicant, open_case
from anju.kernel.cases.actions.papers import amend, give_back_material, promise_material, receive_material
from anju.kernel.cases.actions.publicising import end_publicity, object_to, settle_objection, start_publicity
from anju.kernel.cases.actions.timing import extend_clock, pause_clock, restart_clock

__all__ = [
    "Applicant",
    "accept",
    "add_signer",
    "amend",
    "answer_check",
    "claim",
    "decide",
    "delegate",
    "end_publicity",
    "extend_clock",
    "give_back_material",
    "hand_in",
    "issue_outcome",
    "new_follow_code",
    "notify_supplement",
    "object_to",
    "open_case",
    "pause_clock",
    "promise_material",
    "receive_material",
    "refuse_acceptance",
    "release",
    "reopen",
    "request_check",
    "request_checks",
    "restart_clock",
    "resume",
    "return_to",
    "revoke_delegation",
    "settle_objection",
    "start_publicity",
    "suspend",
    "terminate",
    "transfer",
    "withdraw",
]
