#if !GoogleCloud
    #error(
        "EventSourcingGoogleCloud needs the trait GoogleCloud of swift-event-store: add it to the traits of the dependency"
    )
#endif
