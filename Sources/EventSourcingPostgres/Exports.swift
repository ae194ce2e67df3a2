// A user of the store sees the contract through one import.
@_exported public import EventSourcing
@_exported public import EventSourcingSQL
