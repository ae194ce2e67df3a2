#ifndef SWIFT_EVENT_STORE_CSQLITE_H
#define SWIFT_EVENT_STORE_CSQLITE_H

#include <sqlite3.h>

/// SQLITE_TRANSIENT is a cast of -1 to a function pointer, which Swift does not import.
static inline int csqlite_bind_text_copy(sqlite3_stmt *statement, int index, const char *text, sqlite3_uint64 length) {
    return sqlite3_bind_text64(statement, index, text ? text : "", length, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static inline int csqlite_bind_blob_copy(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 length) {
    // A null pointer would bind NULL instead of no bytes.
    return sqlite3_bind_blob64(statement, index, bytes ? bytes : "", length, SQLITE_TRANSIENT);
}

/// sqlite3_error_offset came with SQLite 3.38: -1 before, as it answers for an error without a place.
static inline int csqlite_error_offset(sqlite3 *database) {
#if SQLITE_VERSION_NUMBER >= 3038000
    return sqlite3_error_offset(database);
#else
    (void)database;
    return -1;
#endif
}

/// sqlite3_config takes any number of arguments, which Swift does not import.
static inline int csqlite_config_memstatus(int isCounted) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, isCounted);
}

// A SQLite that was built without SQLITE_ENABLE_COLUMN_METADATA does not have these.
extern const char *sqlite3_column_table_name(sqlite3_stmt *, int) __attribute__((weak));
extern const char *sqlite3_column_origin_name(sqlite3_stmt *, int) __attribute__((weak));

/// The table that a column of a result comes from; null for an expression, and when SQLite cannot tell.
static inline const char *csqlite_column_table_name(sqlite3_stmt *statement, int column) {
    return sqlite3_column_table_name ? sqlite3_column_table_name(statement, column) : 0;
}

/// The column of that table.
static inline const char *csqlite_column_origin_name(sqlite3_stmt *statement, int column) {
    return sqlite3_column_origin_name ? sqlite3_column_origin_name(statement, column) : 0;
}

#endif
