#ifndef SWIFT_EVENT_STORE_CLIBPQ_H
#define SWIFT_EVENT_STORE_CLIBPQ_H

// Debian has a folder of its own for the header, where no search path leads.
#if __has_include(<libpq-fe.h>)
#include <libpq-fe.h>
#elif __has_include(<postgresql/libpq-fe.h>)
#include <postgresql/libpq-fe.h>
#else
#error "libpq is missing: install libpq-dev (Debian, Alpine), libpq-devel (Fedora) or libpq (Homebrew), or set PKG_CONFIG_PATH"
#endif
#ifndef LIBPQ_HAS_PIPELINING
#error "libpq 14 or later is needed"
#endif

/// The fields of an error (PG_DIAG_*) are character constants, which Swift does not import.
enum {
    CLIBPQ_SEVERITY = PG_DIAG_SEVERITY_NONLOCALIZED,
    CLIBPQ_SQLSTATE = PG_DIAG_SQLSTATE,
    CLIBPQ_MESSAGE = PG_DIAG_MESSAGE_PRIMARY,
    CLIBPQ_DETAIL = PG_DIAG_MESSAGE_DETAIL,
    CLIBPQ_HINT = PG_DIAG_MESSAGE_HINT,
    CLIBPQ_POSITION = PG_DIAG_STATEMENT_POSITION,
    CLIBPQ_SCHEMA = PG_DIAG_SCHEMA_NAME,
    CLIBPQ_TABLE = PG_DIAG_TABLE_NAME,
    CLIBPQ_COLUMN = PG_DIAG_COLUMN_NAME,
    CLIBPQ_CONSTRAINT = PG_DIAG_CONSTRAINT_NAME,
    CLIBPQ_SOURCE_FUNCTION = PG_DIAG_SOURCE_FUNCTION
};

#endif
