#ifndef SWIFT_EVENT_STORE_DEFERREDLIBPQ_H
#define SWIFT_EVENT_STORE_DEFERREDLIBPQ_H

/// Begins to load libpq on a thread of its own, for a command that is going to call it: it takes as long as reading the
/// arguments does.
///
/// The thread takes no signals, and is gone when libpq is loaded. Nothing is done where libpq is linked as ever.
void prepareLibpq(void);

#endif
