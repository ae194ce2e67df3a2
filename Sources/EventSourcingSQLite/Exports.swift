// A user of the store sees the contract through one import. The standard tables are not exported: a team that starts
// from the standard migrations has tables of the same names in a module of its own.
@_exported public import EventSourcing
@_exported public import EventSourcingSQL
