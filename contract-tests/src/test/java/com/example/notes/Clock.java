package com.example.notes;

/** No mapper. */
public interface Clock {

    /** The time. */
    long now();
}
