package io.imaas.adapter.oci;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Keeps an answer in memory, and gives up on one that is longer than anything that a registry has for us. */
final class BoundedBody implements BodySubscriber<byte[]> {
    /** Bytes: charts and bills of materials have a few million; the layers of images are read elsewhere. */
    static final int LONGEST = 32 << 20;

    private final BodySubscriber<byte[]> kept = BodySubscribers.ofByteArray();
    private Flow.Subscription subscription;
    private long left = LONGEST;

    /** It went on and on. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;

        TooLong() {
            super("it is longer than " + LONGEST + " bytes");
        }
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return kept.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        kept.onSubscribe(given);
    }

    @Override
    public void onNext(List<ByteBuffer> part) {
        boolean fits = left >= 0;
        left -= part.stream().mapToLong(ByteBuffer::remaining).sum();
        if (left >= 0) {
            kept.onNext(part);
        } else if (fits) {
            subscription.cancel();
            kept.onError(new TooLong());
        }
    }

    @Override
    public void onError(Throwable why) {
        kept.onError(why);
    }

    @Override
    public void onComplete() {
        kept.onComplete();
    }
}
