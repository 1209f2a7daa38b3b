package com.listingsync.producer;

/** A producer in a process of its own, to be killed. */
public final class ProducerMain {

    private ProducerMain() {}

    public static void main(String[] args) throws InterruptedException {
        ProducerApp.start(System.getenv()).awaitStop();
    }
}
