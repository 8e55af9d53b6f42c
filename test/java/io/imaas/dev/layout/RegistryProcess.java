package io.imaas.dev.layout;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A loopback registry as a process of its own, to be killed. */
final class RegistryProcess {
    private RegistryProcess() {}

    public static void main(String[] args) throws InterruptedException {
        System.out.println(LoopbackRegistry.start(Path.of(args[0]), 0).address());
        new CountDownLatch(1).await();
    }
}
