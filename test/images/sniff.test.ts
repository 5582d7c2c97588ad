import t from 'tap'
import { refuseType, sniffImage } from '../../api/images/sniff.ts'

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1')

t.test('The three accepted types are detected by their first bytes', async (t) => {
  t.equal(sniffImage(bytes('\xff\xd8\xff\xe0rest')), 'jpeg')
  t.equal(sniffImage(bytes('\x89PNG\r\n\x1a\nrest')), 'png')
  t.equal(sniffImage(bytes('RIFF\x10\0\0\0WEBPVP8 ')), 'webp')
})

t.test('Truncated and foreign signatures are not detected', async (t) => {
  for (const text of ['', '\xff', '\xff\xd8', '\x89PNG\r\n', 'RIFF\x10\0\0\0WAVEfmt ', 'WEBP', ' \xff\xd8\xff']) {
    t.equal(sniffImage(bytes(text)), null, JSON.stringify(text))
  }
})

t.test('The rejection says what the file is and what to do', async (t) => {
  const cases: [string, string, RegExp][] = [
    ['', 'empty', /is empty.*Send a JPEG/],
    ['\0\0\0\x18ftypheic\0\0\0\0', 'unsupported_type', /HEIC photo.*Most Compatible/],
    ['\0\0\0\x18ftypmif1\0\0\0\0', 'unsupported_type', /HEIC photo/],
    ['\0\0\0\x18ftypavif\0\0\0\0', 'unsupported_type', /AVIF/],
    ['\0\0\0\x18ftypmp42\0\0\0\0', 'not_an_image', /a video/],
    ['GIF89a', 'unsupported_type', /GIF/],
    ['II*\0', 'unsupported_type', /TIFF/],
    ['MM\0*', 'unsupported_type', /TIFF/],
    ['BM1234', 'unsupported_type', /BMP/],
    ['%PDF-1.7', 'not_an_image', /PDF/],
    ['PK\x03\x04', 'not_an_image', /ZIP/],
    ['\x1f\x8b\x08', 'not_an_image', /gzip/],
    ['\xef\xbb\xbf <?xml version="1.0"?>\n<!-- a -->\n<svg>', 'unsupported_type', /SVG/],
    ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'unsupported_type', /SVG/],
    ['<!DOCTYPE html><script>', 'not_an_image', /web page/],
    ['hello', 'not_an_image', /not a picture.*Send a JPEG/],
  ]
  for (const [text, failure, message] of cases) {
    const error = refuseType(bytes(text))
    t.equal(error.failure, failure, JSON.stringify(text))
    t.match(error.message, message)
  }
})
