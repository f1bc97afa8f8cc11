package com.example.springboot;

/** The model of the vectorizer, for what readers search for. A bean of yours calls it, with a client of your choice. */
@FunctionalInterface
public interface Model {

    float[] embed(String text) throws Exception;
}
