// The drawing of a process in the browser.
import Modeler from 'bpmn-js/lib/Modeler'

export const editor = Modeler
