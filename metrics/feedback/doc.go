// Package feedback is the voice of the customer with its closed loop: what somebody said, who took it up, what became of
// it, whether the customer was told, and whether it came back.
//
// In three steps:
//
//  1. Start a [Loop] for each [Feedback], and [Loop.Move] it from state to state as people work on it. Only legal moves in
//     the order of time are taken, and the history only grows. A Loop is JSON in a column or file.
//  2. Ask the loops, as of any moment: [CloseRate], [CloseRateWithin], [TimeToClose] with the open ones censored,
//     [Recurrence], [Reach] across teams, [States].
//  3. Put the times into package survival for the median and the share closed within a week.
//
// What it is not for: storage and rights, coding verbatims into themes, tickets of a help desk (package survival), and counting
// scores by touchpoint (package survey). Nothing here reads the clock: moments are handed in.
package feedback
