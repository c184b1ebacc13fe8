// The bodies of the province and those outside its command, by hand: no public list gives them with codes.
// Read by build.ts only. The numbers in `no` are demo data: the province's real QĐ 20/2020 list could not be read.

export interface Body {
  readonly id: string
  readonly no: string
  readonly name: string
  readonly shortName: string
  readonly kind: 'so' | 'ban' | 'thanh_tra' | 'van_phong'
  readonly key: string
  readonly aliases?: readonly string[]
  readonly from?: string
  readonly rooms?: readonly Room[]
}

export interface Room {
  readonly id: string
  readonly no: string
  readonly name: string
  readonly shortName: string
  readonly kind?: 'phong' | 'van_phong' | 'trung_tam' | 'don_vi_su_nghiep'
  readonly key?: string
  readonly aliases?: readonly string[]
  readonly rooms?: readonly Room[]
}

/** The day of the last great merging of departments. */
export const MERGED_ON = '2025-03-01'

const room = (id: string, no: string, name: string, shortName = name): Room => ({ id, no, name, shortName })

export const BODIES: readonly Body[] = [
  {
    id: 'th-van-phong-ubnd',
    no: '01',
    name: 'Văn phòng Ủy ban nhân dân tỉnh Thanh Hóa',
    shortName: 'Văn phòng UBND tỉnh',
    kind: 'van_phong',
    key: 'van_phong_ubnd_tinh',
    aliases: ['van_phong_ubnd'],
    rooms: [
      {
        id: 'th-trung-tam-pvhcc',
        no: '01',
        name: 'Trung tâm Phục vụ hành chính công tỉnh Thanh Hóa',
        shortName: 'Trung tâm PVHCC tỉnh',
        kind: 'trung_tam',
        key: 'trung_tam_phuc_vu_hanh_chinh_cong_tinh',
        aliases: ['trung_tam_phuc_vu_hanh_chinh_cong'],
      },
      room('hanh-chinh', '02', 'Phòng Hành chính – Tổ chức'),
      room('tong-hop', '03', 'Phòng Tổng hợp'),
      room('kiem-soat-tthc', '04', 'Phòng Kiểm soát thủ tục hành chính', 'Phòng KSTTHC'),
    ],
  },
  {
    id: 'th-so-noi-vu',
    no: '02',
    name: 'Sở Nội vụ tỉnh Thanh Hóa',
    shortName: 'Sở Nội vụ',
    kind: 'so',
    key: 'so_noi_vu',
    from: MERGED_ON,
    rooms: [
      room('van-phong', '01', 'Văn phòng Sở'),
      room('cong-chuc', '02', 'Phòng Công chức, viên chức', 'Phòng CCVC'),
      room('cai-cach', '03', 'Phòng Cải cách hành chính', 'Phòng CCHC'),
    ],
  },
  {
    id: 'th-so-tu-phap',
    no: '03',
    name: 'Sở Tư pháp tỉnh Thanh Hóa',
    shortName: 'Sở Tư pháp',
    kind: 'so',
    key: 'so_tu_phap',
    rooms: [room('van-phong', '01', 'Văn phòng Sở'), room('ho-tich', '02', 'Phòng Hành chính tư pháp')],
  },
  {
    id: 'th-so-tai-chinh',
    no: '04',
    name: 'Sở Tài chính tỉnh Thanh Hóa',
    shortName: 'Sở Tài chính',
    kind: 'so',
    key: 'so_tai_chinh',
    from: MERGED_ON,
    rooms: [
      room('van-phong', '01', 'Văn phòng Sở'),
      { ...room('dang-ky-kinh-doanh', '02', 'Phòng Đăng ký kinh doanh', 'Phòng ĐKKD'), key: 'phong_dang_ky_kinh_doanh' },
      room('ngan-sach', '03', 'Phòng Quản lý ngân sách'),
    ],
  },
  {
    id: 'th-so-cong-thuong',
    no: '05',
    name: 'Sở Công Thương tỉnh Thanh Hóa',
    shortName: 'Sở Công Thương',
    kind: 'so',
    key: 'so_cong_thuong',
    rooms: [room('van-phong', '01', 'Văn phòng Sở'), room('thuong-mai', '02', 'Phòng Quản lý thương mại')],
  },
  {
    id: 'th-so-xay-dung',
    no: '06',
    name: 'Sở Xây dựng tỉnh Thanh Hóa',
    shortName: 'Sở Xây dựng',
    kind: 'so',
    key: 'so_xay_dung',
    from: MERGED_ON,
    rooms: [
      room('van-phong', '01', 'Văn phòng Sở'),
      room('van-tai', '02', 'Phòng Quản lý vận tải, phương tiện và người lái', 'Phòng QLVT'),
      room('xay-dung', '03', 'Phòng Quản lý hoạt động xây dựng', 'Phòng QLHĐXD'),
      {
        id: 'th-don-vi-cay-xanh',
        no: '04',
        name: 'Đơn vị quản lý cây xanh đô thị',
        shortName: 'Đơn vị cây xanh',
        kind: 'don_vi_su_nghiep',
        key: 'don_vi_quan_ly_cay_xanh',
      },
    ],
  },
  {
    id: 'th-so-nong-nghiep-moi-truong',
    no: '07',
    name: 'Sở Nông nghiệp và Môi trường tỉnh Thanh Hóa',
    shortName: 'Sở NN&MT',
    kind: 'so',
    key: 'so_nong_nghiep_va_moi_truong',
    aliases: ['so_nong_nghiep_moi_truong'],
    from: MERGED_ON,
    rooms: [
      room('van-phong', '01', 'Văn phòng Sở'),
      {
        id: 'th-van-phong-dang-ky-dat-dai',
        no: '02',
        name: 'Văn phòng Đăng ký đất đai tỉnh Thanh Hóa',
        shortName: 'VP Đăng ký đất đai',
        kind: 'don_vi_su_nghiep',
        key: 'van_phong_dang_ky_dat_dai',
        rooms: [
          {
            id: 'th-bo-phan-do-dac-ban-do',
            no: '01',
            name: 'Bộ phận Đo đạc bản đồ, Văn phòng Đăng ký đất đai',
            shortName: 'Bộ phận Đo đạc',
            key: 'bo_phan_do_dac_ban_do',
          },
        ],
      },
      room('trong-trot', '03', 'Chi cục Trồng trọt và Bảo vệ thực vật', 'Chi cục TT&BVTV'),
      room('quan-ly-dat-dai', '04', 'Phòng Quản lý đất đai'),
    ],
  },
  {
    id: 'th-so-khoa-hoc-cong-nghe',
    no: '08',
    name: 'Sở Khoa học và Công nghệ tỉnh Thanh Hóa',
    shortName: 'Sở KH&CN',
    kind: 'so',
    key: 'so_khoa_hoc_va_cong_nghe',
    aliases: ['so_khoa_hoc_cong_nghe'],
    from: MERGED_ON,
    rooms: [
      room('van-phong', '01', 'Văn phòng Sở'),
      room('chuyen-doi-so', '02', 'Phòng Chuyển đổi số'),
      {
        id: 'th-trung-tam-cntt',
        no: '03',
        name: 'Trung tâm Công nghệ thông tin và Truyền thông',
        shortName: 'Trung tâm CNTT&TT',
        kind: 'trung_tam',
      },
    ],
  },
  {
    id: 'th-so-van-hoa-the-thao-du-lich',
    no: '09',
    name: 'Sở Văn hóa, Thể thao và Du lịch tỉnh Thanh Hóa',
    shortName: 'Sở VHTT&DL',
    kind: 'so',
    key: 'so_van_hoa_the_thao_va_du_lich',
    rooms: [room('van-phong', '01', 'Văn phòng Sở'), room('di-san', '02', 'Phòng Quản lý di sản')],
  },
  {
    id: 'th-so-giao-duc-dao-tao',
    no: '10',
    name: 'Sở Giáo dục và Đào tạo tỉnh Thanh Hóa',
    shortName: 'Sở GD&ĐT',
    kind: 'so',
    key: 'so_giao_duc_va_dao_tao',
    rooms: [room('van-phong', '01', 'Văn phòng Sở'), room('khao-thi', '02', 'Phòng Quản lý chất lượng')],
  },
  {
    id: 'th-so-y-te',
    no: '11',
    name: 'Sở Y tế tỉnh Thanh Hóa',
    shortName: 'Sở Y tế',
    kind: 'so',
    key: 'so_y_te',
    rooms: [
      room('van-phong', '01', 'Văn phòng Sở'),
      room('nghiep-vu', '02', 'Phòng Nghiệp vụ y'),
      room('bao-tro', '03', 'Phòng Bảo trợ xã hội'),
    ],
  },
  {
    id: 'th-so-dan-toc-ton-giao',
    no: '12',
    name: 'Sở Dân tộc và Tôn giáo tỉnh Thanh Hóa',
    shortName: 'Sở DT&TG',
    kind: 'so',
    key: 'so_dan_toc_va_ton_giao',
    from: MERGED_ON,
    rooms: [room('van-phong', '01', 'Văn phòng Sở'), room('chinh-sach', '02', 'Phòng Chính sách dân tộc')],
  },
  {
    id: 'th-so-ngoai-vu',
    no: '13',
    name: 'Sở Ngoại vụ tỉnh Thanh Hóa',
    shortName: 'Sở Ngoại vụ',
    kind: 'so',
    key: 'so_ngoai_vu',
    rooms: [room('van-phong', '01', 'Văn phòng Sở')],
  },
  {
    id: 'th-thanh-tra-tinh',
    no: '14',
    name: 'Thanh tra tỉnh Thanh Hóa',
    shortName: 'Thanh tra tỉnh',
    kind: 'thanh_tra',
    key: 'thanh_tra_tinh',
    rooms: [room('van-phong', '01', 'Văn phòng Thanh tra'), room('tiep-dan', '02', 'Phòng Giải quyết khiếu nại, tố cáo')],
  },
  {
    id: 'th-ban-quan-ly-kkt',
    no: '15',
    name: 'Ban Quản lý Khu kinh tế Nghi Sơn và các khu công nghiệp tỉnh Thanh Hóa',
    shortName: 'BQL KKT Nghi Sơn và các KCN',
    kind: 'ban',
    key: 'ban_quan_ly_khu_kinh_te',
    rooms: [room('van-phong', '01', 'Văn phòng Ban'), room('dau-tu', '02', 'Phòng Quản lý đầu tư')],
  },
]

/** Departments that ended with the merging of 1/3/2025, and who took their work over; the first is the main one. */
export const CLOSED_BODIES: readonly (Pick<Body, 'id' | 'no' | 'name' | 'shortName' | 'key'> & { readonly to: readonly string[] })[] = [
  {
    id: 'th-old-so-ke-hoach-dau-tu',
    no: '16',
    name: 'Sở Kế hoạch và Đầu tư tỉnh Thanh Hóa',
    shortName: 'Sở KH&ĐT',
    key: 'so_ke_hoach_va_dau_tu',
    to: ['th-so-tai-chinh'],
  },
  {
    id: 'th-old-so-giao-thong-van-tai',
    no: '17',
    name: 'Sở Giao thông vận tải tỉnh Thanh Hóa',
    shortName: 'Sở GTVT',
    key: 'so_giao_thong_van_tai',
    to: ['th-so-xay-dung', 'th-cong-an-tinh'],
  },
  {
    id: 'th-old-so-tai-nguyen-moi-truong',
    no: '18',
    name: 'Sở Tài nguyên và Môi trường tỉnh Thanh Hóa',
    shortName: 'Sở TN&MT',
    key: 'so_tai_nguyen_va_moi_truong',
    to: ['th-so-nong-nghiep-moi-truong'],
  },
  {
    id: 'th-old-so-nong-nghiep-ptnt',
    no: '19',
    name: 'Sở Nông nghiệp và Phát triển nông thôn tỉnh Thanh Hóa',
    shortName: 'Sở NN&PTNT',
    key: 'so_nong_nghiep_va_phat_trien_nong_thon',
    to: ['th-so-nong-nghiep-moi-truong'],
  },
  {
    id: 'th-old-so-thong-tin-truyen-thong',
    no: '20',
    name: 'Sở Thông tin và Truyền thông tỉnh Thanh Hóa',
    shortName: 'Sở TT&TT',
    key: 'so_thong_tin_va_truyen_thong',
    to: ['th-so-khoa-hoc-cong-nghe', 'th-so-van-hoa-the-thao-du-lich', 'th-cong-an-tinh'],
  },
  {
    id: 'th-old-so-lao-dong',
    no: '21',
    name: 'Sở Lao động – Thương binh và Xã hội tỉnh Thanh Hóa',
    shortName: 'Sở LĐTB&XH',
    key: 'so_lao_dong_thuong_binh_va_xa_hoi',
    to: ['th-so-noi-vu', 'th-so-y-te', 'th-so-giao-duc-dao-tao'],
  },
  {
    id: 'th-old-ban-dan-toc',
    no: '22',
    name: 'Ban Dân tộc tỉnh Thanh Hóa',
    shortName: 'Ban Dân tộc',
    key: 'ban_dan_toc',
    to: ['th-so-dan-toc-ton-giao'],
  },
]

/** Vertical bodies. Codes are demo data, built on the ministry's identifier where it is known. */
export const OUTSIDE: readonly {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly shortName: string
  readonly key: string
  readonly aliases?: readonly string[]
  readonly kind?: 'cong_an' | 'doanh_nghiep_bcci'
  /** A body of the central government: outside the province's tree altogether. */
  readonly central?: true
  readonly rooms?: readonly Room[]
}[] = [
  {
    id: 'th-cong-an-tinh',
    code: 'G01.H56',
    name: 'Công an tỉnh Thanh Hóa',
    shortName: 'Công an tỉnh',
    key: 'cong_an_tinh',
    kind: 'cong_an',
    rooms: [
      room('csgt', 'CSGT', 'Phòng Cảnh sát giao thông', 'Phòng CSGT'),
      room('ho-so', 'HSNV', 'Phòng Hồ sơ nghiệp vụ', 'Phòng HSNV'),
      room('qlhc', 'QLHC', 'Phòng Cảnh sát quản lý hành chính về trật tự xã hội', 'Phòng QLHC về TTXH'),
      room('an-ninh-mang', 'ANM', 'Phòng An ninh mạng và phòng, chống tội phạm sử dụng công nghệ cao', 'Phòng An ninh mạng'),
    ],
  },
  {
    id: 'th-thue-tinh',
    code: 'G12.THUE.H56',
    name: 'Thuế tỉnh Thanh Hóa',
    shortName: 'Thuế tỉnh',
    key: 'thue_tinh',
    aliases: ['co_quan_thue'],
  },
  {
    id: 'th-bao-hiem-xa-hoi',
    code: 'G12.BHXH.H56',
    name: 'Bảo hiểm xã hội tỉnh Thanh Hóa',
    shortName: 'BHXH tỉnh',
    key: 'bao_hiem_xa_hoi',
  },
  { id: 'th-kho-bac', code: 'G12.KBNN.H56', name: 'Kho bạc Nhà nước tại Thanh Hóa', shortName: 'Kho bạc', key: 'kho_bac' },
  { id: 'th-toa-an', code: 'TAND.H56', name: 'Tòa án nhân dân tỉnh Thanh Hóa', shortName: 'TAND tỉnh', key: 'toa_an' },
  {
    id: 'th-vien-kiem-sat',
    code: 'VKSND.H56',
    name: 'Viện kiểm sát nhân dân tỉnh Thanh Hóa',
    shortName: 'VKSND tỉnh',
    key: 'vien_kiem_sat',
  },
  {
    id: 'th-thi-hanh-an',
    code: 'G15.THADS.H56',
    name: 'Thi hành án dân sự tỉnh Thanh Hóa',
    shortName: 'THADS tỉnh',
    key: 'thi_hanh_an_dan_su_tinh',
  },
  {
    id: 'th-buu-dien',
    code: 'BCCI.H56',
    name: 'Bưu điện tỉnh Thanh Hóa',
    shortName: 'Bưu điện tỉnh',
    key: 'buu_dien_tinh',
    kind: 'doanh_nghiep_bcci',
  },
  {
    id: 'vn-cuc-csgt',
    code: 'G01.C08',
    name: 'Cục Cảnh sát giao thông, Bộ Công an',
    shortName: 'Cục CSGT',
    key: 'cuc_canh_sat_giao_thong',
    kind: 'cong_an',
    central: true,
  },
]
