// dmn-js ships no types for the classes we take one by one.
declare module 'dmn-js/lib/Modeler' {
  const Modeler: unknown
  export default Modeler
}
declare module 'dmn-js/lib/NavigatedViewer' {
  const NavigatedViewer: unknown
  export default NavigatedViewer
}
