//! Native: the server and its command line.
