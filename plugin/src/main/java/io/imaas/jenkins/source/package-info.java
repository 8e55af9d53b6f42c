/** Who a build is: from the source that Jenkins itself checked it out of and the folder it lies in, never from what it says. */
package io.imaas.jenkins.source;
