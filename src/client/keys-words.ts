// What the sheet of keys says; a row with a selector is shown only where it has something to act on.

export const keyWords = {
  title: 'Phím tắt trên trang này',
  close: 'Đóng (Esc)',
  fixed: [
    ['j', 'Dòng sau', 'table[data-list]'],
    ['k', 'Dòng trước', 'table[data-list]'],
    ['Enter', 'Mở dòng đang chọn', 'table[data-list]'],
    ['x', 'Đánh dấu dòng', '.pick'],
    ['a', 'Đánh dấu tất cả, hoặc bỏ hết', '.pick'],
    ['c', 'Nhận việc ở dòng đang chọn', '.worklist'],
    ['n', 'Viết ghi chú', '.decide textarea'],
    ['1 … 9', 'Đến kết quả thứ mấy; Enter để ghi', '.decide'],
    ['/', 'Tìm', '[data-search]'],
    ['?', 'Mở, đóng bảng này', ''],
  ] as readonly (readonly [keys: string, name: string, needs: string])[],
}
