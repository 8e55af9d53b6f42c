/** Container images, always identified by digest. */
package io.imaas.model.image;
