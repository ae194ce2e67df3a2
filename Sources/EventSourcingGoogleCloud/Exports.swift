// A user of the stores sees the contract, and PostgreSQL's options, through one import.
@_exported public import EventSourcingPostgres
