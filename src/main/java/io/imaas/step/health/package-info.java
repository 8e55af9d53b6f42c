/** Keeps the health records of what runs up to date. */
package io.imaas.step.health;
