#ifndef SWIFT_EVENT_STORE_DISK_FACTS_H
#define SWIFT_EVENT_STORE_DISK_FACTS_H

/// The number of fsync and fdatasync calls of this process so far; -1 where they are not counted.
long disk_sync_count(void);

/// Whether a folder is in memory (statfs(2)), where a sync costs nothing; 0 where this is not known.
int disk_is_in_memory(const char *path);

#endif
