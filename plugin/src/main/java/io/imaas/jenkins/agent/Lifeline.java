package io.imaas.jenkins.agent;

import hudson.remoting.Channel;
import hudson.remoting.VirtualChannel;
import java.io.IOException;

/**
 * Ends work on an agent that lost its controller: nobody will take the result, and when the controller is back it does
 * the work again. Interrupts the thread that made it, until it is closed.
 */
final class Lifeline extends Channel.Listener implements AutoCloseable {
    private final Thread worker = Thread.currentThread();
    private final Channel channel;
    private boolean over;

    private Lifeline(Channel channel) {
        this.channel = channel;
    }

    /** @param channel to the controller; work in the controller's own process has none to lose */
    static Lifeline to(VirtualChannel channel) {
        Channel remote = channel instanceof Channel real ? real : null;
        Lifeline line = new Lifeline(remote);
        if (remote != null) {
            remote.addListener(line);
        }
        return line;
    }

    @Override
    public synchronized void onClosed(Channel closed, IOException cause) {
        if (!over) {
            worker.interrupt();
        }
    }

    @Override
    public synchronized void close() {
        over = true;
        if (channel != null) {
            channel.removeListener(this);
        }
    }
}
