/* Rust's standard library draws random numbers from bcryptprimitives.dll, which the wine of Debian 12 has not. */
int SystemFunction036(void *buffer, unsigned long length);

__declspec(dllexport) int ProcessPrng(unsigned char *buffer, unsigned long long length) {
  return SystemFunction036(buffer, (unsigned long)length);
}
