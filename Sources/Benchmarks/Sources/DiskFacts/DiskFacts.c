#define _GNU_SOURCE
#include "DiskFacts.h"

#if defined(__linux__)
#include <linux/magic.h>
#include <stdatomic.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

// These take the place of libc's in the whole process, also for a shared libsqlite3.
static atomic_long calls;

int fsync(int file) {
    calls++;
    return (int)syscall(SYS_fsync, file);
}

int fdatasync(int file) {
    calls++;
    return (int)syscall(SYS_fdatasync, file);
}

long disk_sync_count(void) { return calls; }

int disk_is_in_memory(const char *path) {
    struct statfs info;
    if (statfs(path, &info) != 0) return 0;
    return info.f_type == TMPFS_MAGIC || info.f_type == RAMFS_MAGIC;
}
#else
long disk_sync_count(void) { return -1; }
int disk_is_in_memory(const char *path) { (void)path; return 0; }
#endif
