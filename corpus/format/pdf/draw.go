package pdf

// draw draws what is shown of a page, white below it, and returns a copy of the
// pixels, a line of them every stride bytes.
func (f *file) draw(page uint64, width, height, format int) (pixels []byte, stride int, ok bool) {
	bitmap := f.call("FPDFBitmap_CreateEx", uint64(width), uint64(height), uint64(format), 0, 0)
	if bitmap == 0 {
		return nil, 0, false
	}
	defer f.call("FPDFBitmap_Destroy", bitmap)
	const white, withAnnotations = 0xffffffff, 1
	f.call("FPDFBitmap_FillRect", bitmap, 0, 0, uint64(width), uint64(height), white)
	f.call("FPDF_RenderPageBitmap", bitmap, page, 0, 0, uint64(width), uint64(height), 0, withAnnotations)
	stride = f.count("FPDFBitmap_GetStride", bitmap)
	buffer := uint32(f.call("FPDFBitmap_GetBuffer", bitmap))
	seen, ok := f.memory.Read(buffer, uint32(stride*height))
	if !ok || f.failed != nil {
		return nil, 0, false
	}
	return append([]byte(nil), seen...), stride, true
}
