// libpq, loaded when it is first called.
//
// libpq brings twenty other libraries with it. Loading them takes a third of the time of a command that has little to do,
// and a command on SQLite needs none of them. Each function here has the name of one of libpq's, finds that one in the
// library (dlsym), and calls it; the compiler checks the two against each other. They are the executable's alone: programs
// that use the stores as libraries are linked with libpq as ever.
//
// Only where the C library is glibc: elsewhere the names are left to the linker. And only where libpq's header is: a build
// without the trait `Postgres` asks for none.

#include "DeferredLibpq.h"

#include <stdlib.h>

#if defined(__GLIBC__) && (__has_include(<libpq-fe.h>) || __has_include(<postgresql/libpq-fe.h>))

#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>

// Hidden, so that libpq's own calls of these functions stay in libpq.
#pragma GCC visibility push(hidden)
#if __has_include(<libpq-fe.h>)
#include <libpq-fe.h>
#else
#include <postgresql/libpq-fe.h>
#endif

/// The code of the command line for a database that cannot be reached.
static const int exitUnreachable = 3;

static void *load(void *unused) {
    (void)unused;
    return dlopen("libpq.so.5", RTLD_LAZY | RTLD_LOCAL);
}

void prepareLibpq(void) {
    sigset_t all, before;
    sigfillset(&all);
    if (pthread_sigmask(SIG_SETMASK, &all, &before) != 0) return;
    pthread_t thread;
    if (pthread_create(&thread, NULL, load, NULL) == 0) pthread_detach(thread);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/// Finds a function of libpq; ends the process with a message that says what to do when the library is missing.
///
/// Threads may do so at the same time: all get the same answer.
static void *find(const char *name) {
    void *library = load(NULL);
    void *function = library ? dlsym(library, name) : NULL;
    if (function == NULL) {
        fprintf(stderr,
                "error: libpq, which PostgreSQL is reached with, cannot be loaded: %s\n"
                "Install libpq5 (Debian, Ubuntu) or libpq (Fedora), version 14 or later; SQLite works without it.\n",
                dlerror());
        exit(exitUnreachable);
    }
    return function;
}

#define DEFERRED(result, name, parameters, arguments)                                                                  \
    result name parameters {                                                                                           \
        static _Atomic(void *) found;                                                                                  \
        if (found == NULL) found = find(#name);                                                                        \
        return ((result (*) parameters)found)arguments;                                                                \
    }

#define DEFERRED_PROCEDURE(name, parameters, arguments)                                                                \
    void name parameters {                                                                                             \
        static _Atomic(void *) found;                                                                                  \
        if (found == NULL) found = find(#name);                                                                        \
        ((void (*) parameters)found)arguments;                                                                         \
    }

DEFERRED(int, PQbackendPID, (const PGconn *connection), (connection))
DEFERRED(int, PQcancel, (PGcancel *cancel, char *message, int size), (cancel, message, size))
DEFERRED_PROCEDURE(PQclear, (PGresult *result), (result))
DEFERRED(char *, PQcmdStatus, (PGresult *result), (result))
DEFERRED(char *, PQcmdTuples, (PGresult *result), (result))
DEFERRED(PGconn *, PQconnectdbParams, (const char *const *keywords, const char *const *values, int expands),
    (keywords, values, expands))
DEFERRED_PROCEDURE(PQconninfoFree, (PQconninfoOption *options), (options))
DEFERRED(PQconninfoOption *, PQconninfoParse, (const char *text, char **message), (text, message))
DEFERRED(int, PQconsumeInput, (PGconn *connection), (connection))
DEFERRED(char *, PQdb, (const PGconn *connection), (connection))
DEFERRED(PGresult *, PQdescribePrepared, (PGconn *connection, const char *statement), (connection, statement))
DEFERRED(int, PQenterPipelineMode, (PGconn *connection), (connection))
DEFERRED(char *, PQerrorMessage, (const PGconn *connection), (connection))
DEFERRED(PGresult *, PQexec, (PGconn *connection, const char *query), (connection, query))
DEFERRED(PGresult *, PQexecParams, (PGconn *connection, const char *query, int count, const Oid *types, const char
    *const *values, const int *lengths, const int *formats, int format), (connection, query, count, types, values,
    lengths, formats, format))
DEFERRED(PGresult *, PQexecPrepared, (PGconn *connection, const char *statement, int count, const char *const
    *values, const int *lengths, const int *formats, int format), (connection, statement, count, values, lengths,
    formats, format))
DEFERRED(int, PQexitPipelineMode, (PGconn *connection), (connection))
DEFERRED_PROCEDURE(PQfinish, (PGconn *connection), (connection))
DEFERRED(int, PQflush, (PGconn *connection), (connection))
DEFERRED(int, PQfmod, (const PGresult *result, int column), (result, column))
DEFERRED(char *, PQfname, (const PGresult *result, int column), (result, column))
DEFERRED_PROCEDURE(PQfreeCancel, (PGcancel *cancel), (cancel))
DEFERRED_PROCEDURE(PQfreemem, (void *memory), (memory))
DEFERRED(Oid, PQftable, (const PGresult *result, int column), (result, column))
DEFERRED(int, PQftablecol, (const PGresult *result, int column), (result, column))
DEFERRED(Oid, PQftype, (const PGresult *result, int column), (result, column))
DEFERRED(PGcancel *, PQgetCancel, (PGconn *connection), (connection))
DEFERRED(int, PQgetCopyData, (PGconn *connection, char **buffer, int isAsynchronous), (connection, buffer,
    isAsynchronous))
DEFERRED(PGresult *, PQgetResult, (PGconn *connection), (connection))
DEFERRED(int, PQgetisnull, (const PGresult *result, int row, int column), (result, row, column))
DEFERRED(int, PQgetlength, (const PGresult *result, int row, int column), (result, row, column))
DEFERRED(char *, PQgetvalue, (const PGresult *result, int row, int column), (result, row, column))
DEFERRED(char *, PQhost, (const PGconn *connection), (connection))
DEFERRED(int, PQlibVersion, (void), ())
DEFERRED(int, PQnfields, (const PGresult *result), (result))
DEFERRED(int, PQnparams, (const PGresult *result), (result))
DEFERRED(int, PQntuples, (const PGresult *result), (result))
DEFERRED(Oid, PQparamtype, (const PGresult *result, int parameter), (result, parameter))
DEFERRED(PGPing, PQping, (const char *text), (text))
DEFERRED(int, PQpipelineSync, (PGconn *connection), (connection))
DEFERRED(char *, PQport, (const PGconn *connection), (connection))
DEFERRED(PGresult *, PQprepare, (PGconn *connection, const char *statement, const char *query, int count, const Oid
    *types), (connection, statement, query, count, types))
DEFERRED(int, PQputCopyData, (PGconn *connection, const char *buffer, int count), (connection, buffer, count))
DEFERRED(int, PQputCopyEnd, (PGconn *connection, const char *message), (connection, message))
DEFERRED(char *, PQresultErrorField, (const PGresult *result, int field), (result, field))
DEFERRED(char *, PQresultErrorMessage, (const PGresult *result), (result))
DEFERRED(ExecStatusType, PQresultStatus, (const PGresult *result), (result))
DEFERRED(int, PQsendDescribePrepared, (PGconn *connection, const char *statement), (connection, statement))
DEFERRED(int, PQsendPrepare, (PGconn *connection, const char *statement, const char *query, int count, const Oid
    *types), (connection, statement, query, count, types))
DEFERRED(int, PQsendQueryParams, (PGconn *connection, const char *query, int count, const Oid *types, const char
    *const *values, const int *lengths, const int *formats, int format), (connection, query, count, types, values,
    lengths, formats, format))
DEFERRED(int, PQsendQueryPrepared, (PGconn *connection, const char *statement, int count, const char *const *values,
    const int *lengths, const int *formats, int format), (connection, statement, count, values, lengths, formats,
    format))
DEFERRED(int, PQserverVersion, (const PGconn *connection), (connection))
DEFERRED(PQnoticeReceiver, PQsetNoticeReceiver, (PGconn *connection, PQnoticeReceiver receiver, void *argument),
    (connection, receiver, argument))
DEFERRED(int, PQsetnonblocking, (PGconn *connection, int argument), (connection, argument))
DEFERRED(int, PQsocket, (const PGconn *connection), (connection))
DEFERRED(ConnStatusType, PQstatus, (const PGconn *connection), (connection))
DEFERRED(PGTransactionStatusType, PQtransactionStatus, (const PGconn *connection), (connection))
DEFERRED(char *, PQuser, (const PGconn *connection), (connection))

#pragma GCC visibility pop
#else
void prepareLibpq(void) {}
#endif
