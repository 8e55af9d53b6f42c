/**
 * The pre-mortem: each check looks at one thing that a run will need and says what is right, what will fail and how to
 * fix it. Checks change nothing for good; what they write to try it they take back.
 */
package io.imaas.cli.doctor;
