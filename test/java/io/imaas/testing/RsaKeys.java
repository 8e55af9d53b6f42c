package io.imaas.testing;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;

/**
 * Two RSA keys of 2048 bits, which protect nothing. They are always the same ones: without Java's second compiler, as tests run,
 * to find their primes takes 2 to 12 s of processor time.
 */
public final class RsaKeys {
    private static final BigInteger EXPONENT = BigInteger.valueOf(65_537);

    public static final KeyPair ONE = pair(
            "d24a3520657c59b8931c3529cbb29f7f53fe02e5f01e2281524a444660b118d2"
                    + "63608b3267de7b4ff768cf121e6a2ef75d5e038c4782dbac7d99f6b709b6f89e"
                    + "ad334072cbcf3865a0961e4fd957c075fc73937d3f740b61d5782c8245d5547e"
                    + "dc8d6d3da57519bb397e1da73d21b605648c3a8ec6801a908bb4648486b8dd77",
            "bbc448a35939fb92e3a8b119b5af621569fbe9c97134507fbd09b88995dc4512"
                    + "5edaf8601d2a3a3618c20160fa6c512eac95b21f47f40b85a46444892cc2f65f"
                    + "9da25a7575d35755d206b0e4c0f98ff78ff2b2564fb9533f489e9a1a64b67e5e"
                    + "83b5f498b837e120ef09c22a3eb154b6d99c7eb97af273c4dc91e09c84221d47");

    public static final KeyPair OTHER = pair(
            "f302876acc410fdfa3072e076fb0a3b52aed9833966ee9ff1d5eb074eb39e975"
                    + "aac356444f710e4747120474d92bd12c084b86ff870f0f7d1373a09ba2b558e4"
                    + "510a94cc17fda967412a8fb0711ab3e8d7f73892d00b50e584468e977edad6d4"
                    + "6eb4f2b89732375ba851d5d60ce7baacb47059d470466addc7785a22f30a7e8d",
            "c07c536b3b9f45b40a6ec782ec54c148b41a42d7870ff8e25099b82d1f860c3e"
                    + "751725707a7e2661aca6ddce80160c7914144628d71b7fc27b104e8a51f1e5d9"
                    + "2da8095eb260b7778f81d386c1b741fe678f9c73d234430394d6d0e5a5a74bbe"
                    + "0162e3dde6ea760a37bd478928491affe0df287419ff48fb88451d31b5ff771f");

    private RsaKeys() {}

    private static KeyPair pair(String first, String second) {
        BigInteger p = new BigInteger(first, 16);
        BigInteger q = new BigInteger(second, 16);
        BigInteger lessP = p.subtract(BigInteger.ONE);
        BigInteger lessQ = q.subtract(BigInteger.ONE);
        BigInteger modulus = p.multiply(q);
        BigInteger secret = EXPONENT.modInverse(lessP.multiply(lessQ));
        try {
            KeyFactory rsa = KeyFactory.getInstance("RSA");
            return new KeyPair(
                    rsa.generatePublic(new RSAPublicKeySpec(modulus, EXPONENT)),
                    rsa.generatePrivate(new RSAPrivateCrtKeySpec(
                            modulus, EXPONENT, secret, p, q, secret.mod(lessP), secret.mod(lessQ), q.modInverse(p))));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
