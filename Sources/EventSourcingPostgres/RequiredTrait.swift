#if !Postgres
    #error(
        "EventSourcingPostgres needs the trait Postgres of swift-event-store: add it to the traits of the dependency")
#endif
