package corpus

// Recognized tells whether the paragraph was recognized in a scan or a
// photograph (识别自扫描件): its digits may be wrong, and what is answered from
// it is never said as sure.
func (p *Paragraph) Recognized() bool {
	return p.Report.Document != nil && p.Report.Document.Recognized(p.Start)
}
